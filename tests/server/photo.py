"""Files for tests of pictures: a photo with a place in it, and others that are none."""

import io

from PIL import Image
from PIL.ExifTags import IFD, Base

MARK = "Kerkstraat 12, Deinze"
GPS = {1: "N", 2: (51.0, 0.0, 0.0), 3: "E", 4: (3.0, 0.0, 0.0), 29: "2026:01:01"}


def photo(width: int = 2400, height: int = 1200, *, kind: str = "JPEG") -> bytes:
    """A picture with red on its left and blue on its right, that tells where and by whom."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[Base.ImageDescription] = MARK
    exif[Base.Orientation] = 1
    exif.get_ifd(IFD.GPSInfo).update(GPS)
    file = io.BytesIO()
    picture.save(file, kind, exif=exif, comment=MARK.encode())
    return file.getvalue()


def turned() -> bytes:
    """A picture that was taken with the camera on its side: red is on top when it is shown."""
    picture = Image.new("RGB", (400, 200), "blue")
    picture.paste("red", (0, 0, 200, 200))
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def bomb() -> bytes:
    """A small file of very many pixels."""
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    return file.getvalue()


def read(content: bytes) -> Image.Image:
    """The picture of a file."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def colours(picture: Image.Image, *places: tuple[int, int]) -> list[str]:
    """Whether it is red or blue at each place."""
    pixels = [picture.convert("RGB").getpixel(place) for place in places]
    return ["red" if isinstance(each, tuple) and each[0] > each[2] else "blue" for each in pixels]
