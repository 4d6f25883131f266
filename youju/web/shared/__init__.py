"""What all pages share: sheet, base templates, icons, form rendering, navigation, refusals as pages, the day."""
