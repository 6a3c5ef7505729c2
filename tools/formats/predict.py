"""Runs exported models for the tests: `python predict.py <folder> ...`.

Each folder holds `model.py`, a model, and `inputs.json` (the shape) with `inputs.f32`; what the model says is left
beside them as `features.f32` and `probabilities.f32`. ONNX files go through ONNX' own checker first.
"""

import importlib.util
import json
import sys
import time
from pathlib import Path

import numpy as np


def run(folder):
    start = time.monotonic()
    if (folder / "model.onnx").exists():
        import onnx

        onnx.checker.check_model(str(folder / "model.onnx"), full_check=True)
    spec = importlib.util.spec_from_file_location("model", folder / "model.py")
    model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(model)
    shape = json.loads((folder / "inputs.json").read_text())
    inputs = np.fromfile(folder / "inputs.f32", "<f4").reshape(shape)
    features, probabilities = model.load(folder)(inputs)
    if features is not None:
        np.asarray(features, "<f4").tofile(folder / "features.f32")
    np.asarray(probabilities, "<f4").tofile(folder / "probabilities.f32")
    print(f"{folder.name}: {time.monotonic() - start:.1f} s", flush=True)


for name in sys.argv[1:]:
    run(Path(name))
