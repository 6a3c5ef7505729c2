"""Does this copy predict what Headway predicted? Checks every file, the resize, the preprocessing and the model.

    pip install numpy pillow {pip}
    python verify.py

The expected numbers are in certificate/certificate.json. Ends with status 0 if all agree, else 1.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from picture import model_input, read_picture, square_of

folder = Path(__file__).resolve().parent
failures = 0


def check(ok, what):
    global failures
    failures += not ok
    print("ok      " if ok else "DIFFERS ", what)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def check_square(made, test):
    """The very bytes; or off by one, as Pillow 13 shrinks tall pictures, whose two passes it swaps."""
    square = np.asarray(Image.open(folder / test["square"]).convert("RGB"))
    off = np.abs(made.astype(int) - square).max()
    note = "to the bit" if off == 0 else f"off by {off}"
    check(digest(square.tobytes()) == test["squareSha256"] and off <= 1, f"{test['picture']} resized {note}")
    return square


def check_numbers(what, actual, expected, tolerance):
    worst = float(np.abs(actual - expected).max())
    check(worst <= tolerance, f"{what}: {worst:.1e} apart at most, {tolerance:.1e} allowed")


def main():
    try:
        from model import load
    except ImportError as error:
        print(f"{error.name} is missing. First: pip install numpy pillow {pip}")
        return 2

    metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
    certificate = json.loads((folder / "certificate" / "certificate.json").read_text("utf-8"))
    spec = metadata["input"]
    for name, file in metadata["files"].items():
        check(digest((folder / name).read_bytes()) == file["sha256"], name)

    tests, tolerance = certificate["tests"], certificate["tolerance"]
    squares = [
        check_square(square_of(read_picture(folder / test["picture"]), spec), test)
        for test in tests
        if "picture" in test
    ]
    inputs = model_input(np.stack(squares), spec) if squares else None
    if inputs is not None:
        for one, test in zip(inputs, tests):
            check(digest(one.astype("<f4").tobytes()) == test["inputSha256"], f"{test['picture']} preprocessed")

    features = np.array([test["features"] for test in tests], np.float32)
    expected = np.array([test["probabilities"] for test in tests], np.float32)
    predict = load(folder)
    if spec["expects"] == "features":
        found, probabilities = predict(features)
    else:
        found, probabilities = predict(inputs)
        if found is not None:
            check_numbers("features", found, features, tolerance["features"] * float(np.abs(features).max()))
    check_numbers("probabilities", probabilities, expected, tolerance["probabilities"])
    print("This copy predicts what Headway predicted." if failures == 0 else f"{failures} differences.")
    return 0 if failures == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
