"""The colours. The affected leg differs by its thicker line too, for those who see no colours."""

from __future__ import annotations

from lab.pictures.svg import Ink

DARK, STRONG, MOVE = "#1f2a44", "#b3470f", "#0a5ea8"
WOOD, WOOD_LIGHT = "#5d6678", "#e3e6ec"
CLOTH, CLOTH_LIGHT = "#1f2a44", "#f2cf63"

TONES = {
    "sound": Ink(DARK, "#ffffff", 3.5),
    "affected": Ink(STRONG, "#fcdcc4", 5),
    "ghost": Ink("#7d879b", "#ffffff", 1.8, "5 5"),
}
SHOES = {DARK: "#aab4c6", STRONG: "#e9a173"}
SKIN = TONES["sound"]
SHIRT = Ink(DARK, "#cfdaee", 3.5)
TROUSERS = Ink(DARK, "#e9edf5", 3.5)
FURNITURE = Ink(WOOD, WOOD_LIGHT, 3.5)
