"""场次与活动: sessions planned, held, filed or cancelled; roster, agenda, resolutions, evidence. Only held ones count."""
