"""From a picture file to what the model takes, exactly as in Headway. Needs numpy and Pillow.

`spec` is the entry "input" of metadata.json.
"""

import numpy as np
from PIL import Image, ImageOps

# ImageNet's mean colour, which preprocessing turns into about zero.
BARS = (124, 116, 104)


def read_picture(path):
    """A picture file as RGB: turned the way EXIF says, what is transparent on white."""
    picture = ImageOps.exif_transpose(Image.open(path))
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture.convert("RGB")


def square_of(picture, spec):
    """The square that the network sees: uint8 [size, size, 3]."""
    size, (width, height) = spec["size"], picture.size
    if spec["resize"] == "crop":
        side = min(width, height)
        left, top = (width - side) // 2, (height - side) // 2
        picture = picture.crop((left, top, left + side, top + side))
    if spec["resize"] != "letterbox":
        return np.asarray(picture.resize((size, size), Image.BILINEAR))
    scale = size / max(width, height)
    fit = (max(1, int(width * scale + 0.5)), max(1, int(height * scale + 0.5)))
    square = Image.new("RGB", (size, size), BARS)
    square.paste(picture.resize(fit, Image.BILINEAR), ((size - fit[0]) // 2, (size - fit[1]) // 2))
    return np.asarray(square)


def model_input(squares, spec):
    """What goes into the model: uint8 [n, size, size, 3] -> float32 of the same shape."""
    values = np.asarray(squares, np.float64)
    if spec["expects"] != "rgb":
        preprocessing = spec["preprocessing"]
        if preprocessing["order"] == "bgr":
            values = values[..., ::-1]
        values = values * preprocessing["scale"] + np.array(preprocessing["offset"])
    return np.ascontiguousarray(values, np.float32)
