"""Pelita: what a city's field offices do for lights, parks, cemeteries and slums, recorded offline and sent to headquarters."""

__version__ = "0.1.0"
