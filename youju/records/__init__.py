"""台账: what happened. Sessions and activities with roster, agenda, resolutions and evidence; problems and their measures."""
