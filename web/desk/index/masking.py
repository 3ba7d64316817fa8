"""The desk's masking, as the index uses it."""

from desk.index.told import Mask
from desk.privacy.masking import VERSION, masked, spans

MASK = Mask(spans, masked, VERSION)
