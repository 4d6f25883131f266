"""The two layouts in use: the standard's own figures, and what branches' files really look like."""

from __future__ import annotations

from dataclasses import dataclass

TWIPS_PER_MM = 1440 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838  # A4 in twips


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Preset:
    """Lengths in twips (twentieths of a point) where they go into the file, otherwise in millimetres."""

    id: str
    name: str
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    line: int
    """Exact line pitch."""
    footer_mm: float
    """From the page's lower edge to the foot of the page number."""
    letter_spacing: int
    """Added to each character: 28 characters of 16 pt are 158 mm, the standard's type area is 156."""
    on_grid: bool

    @property
    def text_width(self) -> int:
        """Width of the type area (版心)."""
        return PAGE_WIDTH - twips(self.left_mm) - twips(self.right_mm)


STANDARD = Preset(
    id="standard",
    name="国家标准（GB/T 9704）",
    top_mm=37,
    bottom_mm=35,
    left_mm=28,
    right_mm=26,
    line=579,  # 28.95 pt: 22 lines in 225 mm
    footer_mm=24.8,  # the dash beside the number then stands 7 mm below the type area
    letter_spacing=-5,
    on_grid=True,
)

BRANCH = Preset(
    id="branch",
    name="支部常用",
    top_mm=25.4,
    bottom_mm=25.4,
    left_mm=31.7,
    right_mm=31.7,
    line=620,  # 31 pt
    footer_mm=15.5,
    letter_spacing=0,
    on_grid=False,
)

PRESETS = {preset.id: preset for preset in (STANDARD, BRANCH)}
