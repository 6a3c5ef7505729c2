"""Runs the TensorFlow.js model in Python with nothing but numpy: slow, and a second opinion on every layer."""

import base64
import json
from pathlib import Path

import numpy as np


def load(folder):
    """A function from inputs, float32 [n, ...], to (features [n, f], probabilities [n, classes])."""
    folder = Path(folder)
    model, data = read(folder)
    weights = tensors(model["weightsManifest"][0]["weights"], data)
    layers = model["modelTopology"]["config"]["layers"]
    name = json.loads((folder / "metadata.json").read_text("utf-8"))["model"]["features"]

    def one(value):
        values = {}
        for layer in layers:
            inputs = [values[source[0]] for node in layer["inbound_nodes"] for source in node] or [value]
            values[layer["name"]] = run(layer["class_name"], layer["config"], inputs, weights)
        return values[name][0], values["probabilities"][0]

    def predict(inputs):
        # One by one, so that only one picture's maps are in memory.
        features, probabilities = zip(*(one(value[None]) for value in inputs))
        return np.stack(features), np.stack(probabilities)

    return predict


def read(folder):
    if (folder / "model.json").exists():
        return json.loads((folder / "model.json").read_text("utf-8")), (folder / "weights.bin").read_bytes()
    # The demo page's copy: what a page may load without a server are scripts only.
    script = (folder / "demo" / "model.js").read_text("utf-8")
    model = json.loads(script[script.index("(") + 1 : script.rindex(")")])
    texts = ((folder / name).read_text("ascii") for name in model["weightScripts"])
    return model, b"".join(base64.b64decode(text[text.index('"') + 1 : text.rindex('"')]) for text in texts)


def tensors(manifest, data):
    weights, offset = {}, 0
    for entry in manifest:
        stored = "<f2" if "quantization" in entry else "<f4"
        count = int(np.prod(entry["shape"]))
        values = np.frombuffer(data, stored, count, offset)
        weights[entry["name"]] = values.astype(np.float32).reshape(entry["shape"])
        offset += values.nbytes
    return weights


def run(kind, config, inputs, weights):
    x = inputs[0]
    if kind == "Conv2D":
        kernel, bias = (weights[f"{config['name']}/{part}"] for part in ("kernel", "bias"))
        views = windows(x, kernel.shape[:2], config["strides"], config["padding"], 0)
        return activate(np.tensordot(views, kernel, ((3, 4, 5), (2, 0, 1))) + bias, config["activation"])
    if kind == "MaxPooling2D":
        return windows(x, config["pool_size"], config["strides"], config["padding"], -np.inf).max((4, 5))
    if kind == "AveragePooling2D":
        # Padding does not count.
        geometry = (config["pool_size"], config["strides"], config["padding"], 0)
        return windows(x, *geometry).sum((4, 5)) / windows(np.ones_like(x), *geometry).sum((4, 5))
    if kind == "ZeroPadding2D":
        return np.pad(x, ((0, 0), *config["padding"], (0, 0)))
    if kind == "GlobalAveragePooling2D":
        return x.mean((1, 2))
    if kind == "Add":
        return x + inputs[1]
    if kind == "Concatenate":
        return np.concatenate(inputs, 3)
    if kind == "Dense":
        kernel, bias = (weights[f"{config['name']}/{part}"] for part in ("kernel", "bias"))
        return activate(x @ kernel + bias, config["activation"])
    if kind == "Activation":
        return activate(x, config["activation"])
    return x  # InputLayer, and Dropout, which only matters in training


def windows(x, size, strides, padding, fill):
    """[n, h, w, c] -> views [n, rows, columns, c, kh, kw]."""
    if padding == "same":
        pads = [max((-(-side // s) - 1) * s + k - side, 0) for side, k, s in zip(x.shape[1:3], size, strides)]
        sides = [(pad // 2, pad - pad // 2) for pad in pads]
        x = np.pad(x, ((0, 0), *sides, (0, 0)), constant_values=fill)
    views = np.lib.stride_tricks.sliding_window_view(x, tuple(size), (1, 2))
    return views[:, :: strides[0], :: strides[1]]


def activate(x, activation):
    if activation == "relu":
        return np.maximum(x, 0)
    if activation == "softmax":
        exponentials = np.exp(x - x.max(-1, keepdims=True))
        return exponentials / exponentials.sum(-1, keepdims=True)
    return x
