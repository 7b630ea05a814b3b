"""Trajectories of optimizers, sequences of learning rates and clipped gradients: writes golden/optim*.txt."""

import math
import warnings

import torch
from torch import optim
from torch.optim import lr_scheduler as S

from common import ROOT, write_text

warnings.simplefilter("ignore")
OUT = ROOT / "core/src/test/resources/golden"

CASES = [
    "SGD lr=0.1", "SGD lr=0.1 momentum=0.9", "SGD lr=0.05 momentum=0.9 dampening=0.3", "SGD lr=0.05 momentum=0.8 nesterov=true",
    "SGD lr=0.1 weight_decay=0.01", "SGD lr=0.05 momentum=0.9 weight_decay=0.01 nesterov=true",
    "SGD lr=0.001 maximize=true", "SGD lr=0.001 momentum=0.5 weight_decay=0.1 maximize=true",
    "Adam lr=0.01", "Adam lr=0.02 betas=0.8,0.99 eps=1e-6", "Adam lr=0.01 weight_decay=0.05", "Adam lr=0.01 amsgrad=true",
    "Adam lr=0.01 maximize=true", "Adam lr=0.01 weight_decay=0.02 amsgrad=true maximize=true", "Adam lr=0.01 betas=0.0,0.5",
    "AdamW lr=0.01", "AdamW lr=0.02 weight_decay=0.1 betas=0.85,0.95", "AdamW lr=0.01 amsgrad=true", "AdamW lr=0.01 weight_decay=0.0",
    "AdamW lr=0.005 weight_decay=0.2 maximize=true",
    "RMSprop lr=0.01", "RMSprop lr=0.01 alpha=0.9 eps=1e-6", "RMSprop lr=0.005 momentum=0.9", "RMSprop lr=0.01 centered=true",
    "RMSprop lr=0.005 centered=true momentum=0.8 weight_decay=0.01", "RMSprop lr=0.005 maximize=true",
    "Adagrad lr=0.1", "Adagrad lr=0.1 lr_decay=0.05", "Adagrad lr=0.1 weight_decay=0.02 initial_accumulator_value=0.3 eps=1e-6",
    "Adagrad lr=0.01 maximize=true",
    "Adadelta lr=1.0", "Adadelta lr=0.7 rho=0.95 eps=1e-5", "Adadelta lr=1.0 weight_decay=0.02", "Adadelta lr=0.5 maximize=true",
    "LBFGS lr=0.5 max_iter=4", "LBFGS lr=1.0 max_iter=5 history_size=3", "LBFGS lr=1.0 max_iter=6 line_search_fn=strong_wolfe",
    "LBFGS lr=0.3 max_iter=3 history_size=2 line_search_fn=strong_wolfe",
]


def option(text):
    name, value = text.split("=")
    if value in ("true", "strong_wolfe"):
        return name, True if value == "true" else value
    if "," in value:
        return name, tuple(float(v) for v in value.split(","))
    return name, int(value) if name in ("max_iter", "history_size") else float(value)


def problem(dtype):
    """Parameters w (3x2), b (2), s () and the loss of a step; s takes part in two steps of three. Step 0 has a loss with one optimum."""
    w = (torch.arange(6, dtype=dtype) * 0.3 - 0.7).reshape(3, 2).requires_grad_()
    b = torch.tensor([0.1, -0.2], dtype=dtype, requires_grad=True)
    s = torch.tensor(0.5, dtype=dtype, requires_grad=True)
    x = (torch.arange(12, dtype=dtype) * 0.7).sin().reshape(4, 3)
    y = (torch.arange(8, dtype=dtype) * 0.9).cos().reshape(4, 2) * 0.8

    def loss(step):
        out = (x @ w + b).tanh()
        if step % 3 != 1:
            out = out * (s + 1)
        fit = ((out - y) ** 2).mean()
        return fit if step > 0 else fit + sum((p ** 2).sum() for p in (w, b, s)) * 0.05

    return [w, b, s], loss


def numbers(values, digits):
    return " ".join(f"{float(v):.{digits}g}" for v in values)


def trajectories():
    lines = []
    for case in CASES:
        name, *options = case.split()
        for dtype, word, digits in ((torch.float32, "f4", 9), (torch.float64, "f8", 15)):
            params, loss = problem(dtype)
            optimizer = getattr(optim, name)(params, **dict(option(o) for o in options))
            lines.append(f"case {word} {case}")
            steps = 8 if name == "LBFGS" else 100
            for step in range(1, steps + 1):
                def closure():
                    optimizer.zero_grad()
                    value = loss(0 if name == "LBFGS" else step)
                    value.backward()
                    return value
                optimizer.step(closure)
                if step in (1, 2, 50, steps):
                    lines.append(f"after {step} " + numbers(torch.cat([p.detach().flatten() for p in params]), digits))
            saved = optimizer.state_dict()
            state = saved["state"].get(0, {})
            lines.append("state " + " ".join(k for k in state if k != "al"))
            hidden = ("foreach", "fused", "capturable", "differentiable")
            lines.append("group " + " ".join(k for k in saved["param_groups"][0] if k not in hidden))
    return lines


def one_cycle(**options): return lambda o: S.OneCycleLR(o, **options)


SCHEDULES = {
    "step": lambda o: S.StepLR(o, 10, 0.5),
    "multistep": lambda o: S.MultiStepLR(o, [5, 20, 20, 41], 0.3),
    "exponential": lambda o: S.ExponentialLR(o, 0.95),
    "constant": lambda o: S.ConstantLR(o, 0.25, 7),
    "linear": lambda o: S.LinearLR(o, 0.2, 0.9, 12),
    "polynomial": lambda o: S.PolynomialLR(o, 40, 2.0),
    "cosine": lambda o: S.CosineAnnealingLR(o, 13, 0.001),
    "restarts": lambda o: S.CosineAnnealingWarmRestarts(o, 7),
    "restarts2": lambda o: S.CosineAnnealingWarmRestarts(o, 5, 2, 0.002),
    "lambda": lambda o: S.LambdaLR(o, lambda e: 1 / (1 + 0.1 * e)),
    "lambdas": lambda o: S.LambdaLR(o, [lambda e: 0.9 ** e, lambda e: 1 + e]),
    "multiplicative": lambda o: S.MultiplicativeLR(o, lambda e: 1 - 0.01 * e / (1 + e)),
    "onecycle": one_cycle(max_lr=0.3, total_steps=70),
    "onecycle.linear": one_cycle(max_lr=[0.3, 0.1], epochs=7, steps_per_epoch=10, anneal_strategy="linear", pct_start=0.4, div_factor=10.0),
    "onecycle.three": one_cycle(max_lr=0.3, total_steps=66, three_phase=True, base_momentum=0.8, max_momentum=0.9, final_div_factor=100.0),
    "onecycle.fixed": one_cycle(max_lr=0.3, total_steps=66, cycle_momentum=False),
    "sequential": lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.1, 1.0, 5), S.CosineAnnealingLR(o, 20), S.ExponentialLR(o, 0.9)], [5, 30]),
    "sequential.step": lambda o: S.SequentialLR(o, [S.ConstantLR(o, 0.1, 4), S.StepLR(o, 6, 0.5), S.PolynomialLR(o, 20)], [10, 40]),
    "sequential.lambda": lambda o: S.SequentialLR(o, [S.LambdaLR(o, lambda e: 0.5 + e), S.CosineAnnealingWarmRestarts(o, 6)], [9]),
    "chained": lambda o: S.ChainedScheduler([S.ConstantLR(o, 0.1, 10), S.ExponentialLR(o, 0.9), S.StepLR(o, 15, 0.5)]),
    "nested": lambda o: S.SequentialLR(o, [S.ChainedScheduler([S.LinearLR(o, 0.5, 1.0, 4), S.ExponentialLR(o, 0.99)]), S.StepLR(o, 4)], [12]),
    "plateau": lambda o: S.ReduceLROnPlateau(o, patience=3),
    "plateau.max": lambda o: S.ReduceLROnPlateau(o, "max", factor=0.5, patience=2, threshold=0.01, threshold_mode="abs", cooldown=4,
                                                 min_lr=[0.004, 0.001]),
    "plateau.min.abs": lambda o: S.ReduceLROnPlateau(o, factor=0.7, patience=1, threshold=0.02, threshold_mode="abs", eps=1e-3),
    "plateau.max.rel": lambda o: S.ReduceLROnPlateau(o, "max", factor=0.3, patience=4, threshold=0.1, min_lr=0.0005),
}


def measure(t): return 1 / (1 + t // 9) + (t * 37 % 11) * 0.01


def schedules():
    lines = []
    for optimizer_name in ("SGD", "Adam"):
        for key, make in SCHEDULES.items():
            if optimizer_name == "Adam" and not key.startswith("onecycle"):
                continue
            a, b = torch.zeros(2, requires_grad=True), torch.zeros(3, requires_grad=True)
            options = {"momentum": 0.7} if optimizer_name == "SGD" else {}
            optimizer = getattr(optim, optimizer_name)([{"params": [a]}, {"params": [b], "lr": 0.02}], lr=0.1, **options)
            scheduler = make(optimizer)
            rates, momenta = [[], []], []
            for t in range(66):
                for i, group in enumerate(optimizer.param_groups):
                    rates[i].append(group["lr"])
                group = optimizer.param_groups[0]
                momenta.append(group["momentum"] if optimizer_name == "SGD" else group["betas"][0])
                assert scheduler.get_last_lr() == [g["lr"] for g in optimizer.param_groups]
                optimizer.step()
                scheduler.step(*([measure(t)] if key.startswith("plateau") else []))
            lines.append(f"schedule {optimizer_name} {key}")
            lines += ["lr " + numbers(r, 17) for r in rates]
            if key.startswith("onecycle"):
                lines.append("momentum " + numbers(momenta, 17))
            lines.append("state " + " ".join(sorted(scheduler.state_dict())))
            lines.append("group " + " ".join(k for k in optimizer.param_groups[0] if k.endswith("_lr") or k.endswith("_momentum")))
    return lines


def clipping():
    lines = []
    for norm in (2.0, 1.0, 0.5, 3.0, math.inf):
        for limit in (1.0, 1000.0):
            params = [torch.zeros(2, 3, requires_grad=True), torch.zeros(4, requires_grad=True), torch.zeros(2, requires_grad=True)]
            params[0].grad = (torch.arange(6.) * 0.9).sin().reshape(2, 3)
            params[1].grad = torch.arange(4.) - 1.5
            total = torch.nn.utils.clip_grad_norm_(params, limit, norm)
            lines.append(f"norm {norm} {limit} {float(total):.9g} " + numbers(torch.cat([p.grad.flatten() for p in params[:2]]), 9))
    return lines


write_text(OUT / "optim.txt", "\n".join(trajectories()) + "\n")
write_text(OUT / "optim_schedules.txt", "\n".join(schedules()) + "\n")
write_text(OUT / "optim_clipping.txt", "\n".join(clipping()) + "\n")
