"""Symbols of units, short because it is one list that the search for notes and the rules for numbers share."""

from __future__ import annotations

SYMBOLS = frozenset(
    "m g l t h W V A K J N C F km cm mm dm nm µm μm km² m² cm² mm² m³ cm³ km/h m/s m/s² kg mg µg μg kt Mt Gt ha hl ml dl cl kW MW "
    "GW TW kWh MWh GWh TWh Wh kV Hz kHz MHz GHz kB MB GB TB PB kbit Mbit Gbit °C °F Pa hPa kPa bar kJ MJ GJ EJ kcal cal mol lx "
    "lm dB BC BCE AD CE ft yd mi lb lbs oz mph ppm ppb pp pps bp bps tCO2 tCO₂ CO2e CO₂e bn mn tn Mio Mrd Mio. Mrd. Bn Mn M k K B T".split()
)
"""Units and abbreviated scale words as they are written in many languages."""
