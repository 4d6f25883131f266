"""What all pages share: the sheet, base templates, icons, form rendering, navigation, refusals as pages, and the day."""
