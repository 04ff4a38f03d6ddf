"""Which numbers need no history, as tables and one question: how was this literal written?

Looks at a literal's text, because `0.10` and `1e-1` say as much about the hand that
wrote them as their value does. Knows nothing of where the literal stands.
"""

from __future__ import annotations

from functools import lru_cache

from mldebt.text import regex

CONSTANTS: frozenset[float] = frozenset(
    {
        # pi, tau, e, golden section, square roots; 1.4826 = 1 / 0.6745 turns a MAD into a deviation
        3.14, 3.1415, 3.14159, 3.141592, 3.1415926, 6.28, 6.28318, 2.718, 2.71828, 0.618, 1.618, 1.414, 1.732,
        0.707, 0.7071, 1.4826, 0.6745, 0.5772,
        # normal quantiles for 80 to 99.9 %
        1.28, 1.282, 1.645, 1.64, 1.96, 2.33, 2.326, 2.57, 2.58, 2.576, 3.29,
        # GELU (Hendrycks & Gimpel 2016), SELU (Klambauer et al. 2017)
        0.044715, 1.702, 1.0507, 1.6733,
        # luminance of RGB (Rec. 601 and 709), ImageNet mean and deviation (0..1 and 0..255)
        0.299, 0.587, 0.114, 0.2989, 0.2126, 0.7152, 0.0722, 0.2125, 0.7154, 0.0721,
        0.485, 0.456, 0.406, 0.229, 0.224, 0.225, 123.68, 116.779, 103.939, 0.1307, 0.3081,
        0.18215, 0.13025,  # latent scale of Stable Diffusion 1 and XL
        127.5, 255.0, 254.0, 256.0, 65535.0, 65536.0,
        # units: time, angle, length, mass, temperature, money
        60.0, 24.0, 3600.0, 86400.0, 1440.0, 7.0, 12.0, 30.0, 31.0, 365.0, 365.25, 52.0, 168.0, 252.0, 1e3, 1e4, 1e6, 1e9,
        180.0, 360.0, 90.0, 1.609, 1.60934, 1.609344, 2.54, 25.4, 0.3048, 0.4536, 273.15, 1.8, 6371.0, 111.0, 9.81,
        1024.0, 100.0,
        42.0, 1234.0, 1337.0, 2048.0, -100.0, -999.0, -9999.0, 999.0, 9999.0, 99999.0, 999999.0, 365243.0,
    }
)  # fmt: skip
"""Constants of mathematics, units, well-known normalisations and sentinels: what they mean is known."""

ORDINARY: frozenset[float] = frozenset({0, 1, 2, 3, 4, 5, 10, 100, 1000, 0.5, 0.1, 0.25, 0.75, 0.01, 0.001})
"""Their absolute values need no history wherever they stand."""

EPSILON = 1e-4
"""Up to here a fractional number guards a division or a logarithm."""

LITERAL = regex(r"[-+]?\s*(\d[\d_]*)?(?:\.([\d_]*))?(?:[eE]([-+]?\d+))?$")


@lru_cache(maxsize=8192)
def digits(literal: str) -> str:
    """The significant digits of a decimal literal as written: "78" of 0.0078, "1" of 1e-3; "" for hex and complex."""
    match = LITERAL.match(literal)
    if match is None:
        return ""
    whole, fraction = (match[1] or "").replace("_", ""), (match[2] or "").replace("_", "")
    return (
        (whole + fraction).lstrip("0").rstrip("0") if fraction or match[2] is not None else whole.strip("0")
    )


@lru_cache(maxsize=8192)
def is_power_like(value: float) -> bool:
    """2**k, 3 * 2**k, multiples of 64 such as 1280, 2**k - 1 or 2**k + 1 (from 15 on): sizes chosen for the machine, not for the data."""
    if value != int(value) or value < 2:
        return False
    number = int(value)
    odd = number
    while odd % 2 == 0:
        odd //= 2
    return odd in (1, 3) or (
        number >= 15 and (number & (number + 1) == 0 or (number - 1) & (number - 2) == 0)
    )


@lru_cache(maxsize=8192)
def is_unusual(literal: str, value: float) -> bool:
    """Whether nobody writes this number without a reason: 0.0078, 347, 0.83, 2.6e-4.

    One significant digit, multiples of five, nines (0.999), short decimals from
    1 on (1.2), powers of two and two-digit whole numbers (1300) are usual.
    """
    written = digits(literal)
    size = abs(value)
    if len(written) < 2 or size in CONSTANTS or is_power_like(size):
        return False
    if set(written) == {"9"} or set(written) == {"3"} or set(written[:-1]) == {"6"} or set(written) == {"6"}:
        return False
    if value == int(value):
        return len(written) >= 3 and not (
            len(written) == 3 and written[-1] == "5" and written[-2:] in ("25", "75")
        )
    if len(written) == 2:
        return written[-1] != "5" and not (size >= 1 and written[0] != "0")
    return written not in ("125", "375", "625", "875", "975", "995", "985", "025", "225", "175", "275", "325")
