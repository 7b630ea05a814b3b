"""Golden pictures: what torchvision's transforms make of PIL images, also the random ones after a seed.

    python tools/golden/transforms.py

Needs `torchvision==0.28.*` and `pillow`. Writes vision/src/test/resources/golden/transforms.txt: a line per case with its
name, height, width, number of channels, the values in base64, and a number drawn after (it tells where the generator
stands). The tests make the same input picture from the same formula.
"""

import base64
import sys
import types

# torchvision's operators are not needed, and are not there when it was built for another kind of torch
sys.modules["torchvision._meta_registrations"] = types.ModuleType("torchvision._meta_registrations")

import numpy as np
import torch
from PIL import Image
from torchvision import transforms as T

from common import ROOT, write_text

NEAREST, BILINEAR = T.InterpolationMode.NEAREST, T.InterpolationMode.BILINEAR
LINES = []


def picture(height, width):
    y, x, c = np.indices((height, width, 3))
    return Image.fromarray(((x * 11 + y * 7 + c * 83 + (x * y) % 19 * 6 + (x // 8 + y // 8 + c) % 3 * 60) % 256).astype(np.uint8))


COLOURS, GREY, TALL = picture(23, 31), picture(20, 17).convert("L"), picture(40, 9)


def case(name, transform, image=COLOURS, seed=0):
    torch.manual_seed(seed)
    out = np.asarray(transform(image))
    after = torch.randint(0, 1_000_000, ()).item()
    channels = 1 if out.ndim == 2 else out.shape[2]
    LINES.append(f"{name} {out.shape[0]} {out.shape[1]} {channels} "
                 f"{base64.b64encode(np.ascontiguousarray(out).tobytes()).decode()} {after}")


def main():
    case("grey-input", lambda x: x, GREY)
    case("resize-smaller", T.Resize((7, 10)))
    case("resize-larger", T.Resize((40, 50)))
    case("resize-mixed", T.Resize((50, 11)))
    case("resize-shorter", T.Resize(12))
    case("resize-tall", T.Resize(13), TALL)
    case("resize-one", T.Resize((1, 1)))
    case("resize-grey", T.Resize((33, 9)), GREY)
    case("resize-nearest", T.Resize((9, 44), NEAREST))
    case("center-crop", T.CenterCrop((10, 14)))
    case("center-crop-odd", T.CenterCrop((8, 12)))
    case("center-crop-larger", T.CenterCrop((26, 20)))
    case("pad-constant", T.Pad((1, 2, 3, 4), fill=77))
    case("pad-edge", T.Pad((1, 2, 3, 4), padding_mode="edge"))
    case("pad-reflect", T.Pad((5, 2, 3, 4), padding_mode="reflect"))
    case("pad-symmetric", T.Pad((5, 2, 3, 4), padding_mode="symmetric"), GREY)
    case("grayscale", T.Grayscale())
    case("grayscale-3", T.Grayscale(3))
    for seed in range(3):
        case(f"random-crop-{seed}", T.RandomCrop(12), seed=seed)
        case(f"random-crop-padded-{seed}", T.RandomCrop(22, padding=4), seed=seed)
        case(f"random-flip-{seed}", T.RandomHorizontalFlip(), seed=seed)
        case(f"random-vertical-flip-{seed}", T.RandomVerticalFlip(0.3), seed=seed)
        case(f"random-resized-crop-{seed}", T.RandomResizedCrop(11), seed=seed)
        case(f"random-rotation-{seed}", T.RandomRotation(60), seed=seed)
        case(f"random-rotation-bilinear-{seed}", T.RandomRotation((-90, 45), BILINEAR), seed=seed)
        case(f"random-rotation-expand-{seed}", T.RandomRotation(170, expand=True, fill=9), GREY, seed=seed)
        case(f"color-jitter-{seed}", T.ColorJitter(0.4, 0.4, 0.4, 0.4), seed=seed)
    case("random-resized-crop-middle", T.RandomResizedCrop(6, scale=(0.9, 1)), TALL)
    case("rotation-right-angle", T.RandomRotation((90, 90)), COLOURS)
    case("rotation-right-angle-expand", T.RandomRotation((90, 90), expand=True), COLOURS)
    case("rotation-half", T.RandomRotation((180, 180)), COLOURS)
    case("brightness", T.ColorJitter((1.7, 1.7)))
    case("contrast", T.ColorJitter(0, (1.6, 1.6)))
    case("contrast-grey", T.ColorJitter(0, (0.3, 0.3)), GREY)
    case("saturation", T.ColorJitter(0, 0, (2.5, 2.5)))
    for hue in (-0.5, -0.2, 0.1, 0.35, 0.5):
        case(f"hue{hue}", T.ColorJitter(0, 0, 0, (hue, hue)))
    case("compose", T.Compose([T.RandomResizedCrop(16), T.RandomHorizontalFlip(), T.RandomRotation(10), T.CenterCrop(13)]), seed=4)
    write_text(ROOT / "vision/src/test/resources/golden/transforms.txt", "\n".join(LINES) + "\n")
    print(f"{len(LINES)} cases")


if __name__ == "__main__":
    main()
