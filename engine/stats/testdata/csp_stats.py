"""Writes csp_stats.txt: what the real csp.stats tick for many statistics and windows.

Run it with a Python that has csp: python csp_stats.py > csp_stats.txt. The Go test reads the table; this script is not part of the tests.
A line is: statistic, arguments, window, then the ticks as seconds=value.
"""
import math
from datetime import datetime, timedelta

import csp
import csp.stats as st
from csp.typing import Numpy1DArray

START = datetime(1970, 1, 1)

INPUTS = {
    "x": "1=nan 2=3 2.5=1.5 4=4 4=1.5 5=nan 6=7.25 7=-2 8=5 8=5 9=3 11=3 12=3 13=3 14=1e3 15=2.5 20=1",
    "y": "1=2 2=1 2.5=4 4=nan 4=6 5=3 6=5.5 7=1 8=2.5 8=9 9=7 11=1 12=8 13=2 14=6 15=5 20=3",
    "z": "1=4 2=3 2.5=1.5 4=4 4=1.5 5=2 6=7.25 7=-2 8=5 8=5 9=3 11=3 12=3 13=3 14=1e3 15=2.5 20=1",
    "v": "1=2 2=1 2.5=4 4=3.5 4=6 5=3 6=5.5 7=1 8=2.5 8=9 9=7 11=1 12=8 13=2 14=6 15=5 20=3",
    "w": "1=1 2.5=2 4=0.5 6=3 8=1 13=0.25 15=2",
    "trigger": "3=1 4=1 7.5=1 8=1 13=1 20=1 21=1",
    "sampler": "1=1 2=1 3=1 4=1 5=1 6=1 8=1 9=1 10=1 12=1 13=1 20=1",
    "reset": "4=1 9=1 13.5=1",
    "recalc": "4=1 9=1 13.5=1",
}

WINDOWS = {
    "ticks=4 min=1": {},
    "ticks=4": {},
    "ticks=1": {},
    "all": {},
    "span=3 min=0": {},
    "span=3": {},
    "ticks=4 min=1 keepnan": {"ignore_na": False},
    "all keepnan": {"ignore_na": False},
    "ticks=4 min=1 points=3": {"min_data_points": 3},
    "ticks=4 min=1 trigger": {},
    "ticks=4 min=2 sampler": {},
    "ticks=4 min=1 reset": {},
    "all reset": {},
    "span=3 min=0 trigger": {},
    "span=3 min=0 trigger sampler reset": {},
    "ticks=3 min=1 trigger sampler reset": {},
    "span=5 min=2 recalc": {},
    "ticks=4 min=1 weights": {},
    "span=3 min=0 weights": {},
    "all weights keepnan": {"ignore_na": False},
}

BASIC = ("count", "unique", "first", "last", "sum", "mean", "prod", "gmean", "min", "max", "argmin", "argmax", "rank", "median", "quantile")
WEIGHTED = ("sum", "mean", "var", "stddev", "sem", "skew", "kurt", "cov", "corr")
RECALC = WEIGHTED + ("prod",)

STATS = [
    ("count", "", {}),
    ("unique", "0", {"precision": 0}),
    ("unique", "10", {}),
    ("first", "", {}),
    ("last", "", {}),
    ("sum", "", {"precise": True}),
    ("mean", "", {}),
    ("prod", "", {}),
    ("gmean", "", {}),
    ("min", "", {}),
    ("max", "", {}),
    ("argmin", "true", {}),
    ("argmin", "false", {"return_most_recent": False}),
    ("argmax", "true", {}),
    ("argmax", "false", {"return_most_recent": False}),
    ("rank", "min", {}),
    ("rank", "max", {"method": "max"}),
    ("rank", "avg", {"method": "avg"}),
    ("rank", "min skip", {"na_option": "last"}),
    ("median", "", {}),
    ("quantile", "0.3 linear", {"quant": 0.3}),
    ("quantile", "0.3 lower", {"quant": 0.3, "interpolate": "lower"}),
    ("quantile", "0.3 higher", {"quant": 0.3, "interpolate": "higher"}),
    ("quantile", "0.3 midpoint", {"quant": 0.3, "interpolate": "midpoint"}),
    ("quantile", "0.3 nearest", {"quant": 0.3, "interpolate": "nearest"}),
    ("var", "1", {}),
    ("var", "0", {"ddof": 0}),
    ("stddev", "1", {}),
    ("sem", "1", {}),
    ("skew", "false", {}),
    ("skew", "true", {"bias": True}),
    ("kurt", "false true", {}),
    ("kurt", "true false", {"bias": True, "excess": False}),
    ("kurt", "false false", {"excess": False}),
    ("cov", "1", {}),
    ("cov", "0", {"ddof": 0}),
    ("corr", "", {}),
    ("cross_sectional", "", {}),
    ("cov_matrix", "1", {}),
    ("corr_matrix", "", {}),
]

DECAYS = {
    "alpha=0.3": {"alpha": 0.3},
    "span=4": {"span": 4},
    "com=2": {"com": 2},
    "halflife=2": {"halflife": timedelta(seconds=2)},
    "alpha=0.3 unadjusted": {"alpha": 0.3, "adjust": False},
    "halflife=2 unadjusted": {"halflife": timedelta(seconds=2), "adjust": False},
    "alpha=0.3 ignorenan": {"alpha": 0.3, "ignore_na": True},
    "alpha=0.3 unadjusted ignorenan": {"alpha": 0.3, "adjust": False, "ignore_na": True},
}

EMA_WINDOWS = ["all", "all trigger", "all sampler", "all reset", "all min=3", "ticks=4 min=1", "ticks=4 min=1 trigger", "ticks=4 min=1 reset"]


def seconds(text):
    return timedelta(microseconds=round(float(text) * 1e6))


def curve(name, typ=float):
    return csp.curve(typ, [(seconds(t.split("=")[0]), typ(float(t.split("=")[1]))) for t in INPUTS[name].split()])


def window_args(window, extra, stat):
    args = dict(extra)
    for word in window.split():
        key, _, value = word.partition("=")
        if key == "ticks":
            args["interval"] = int(value)
        elif key == "span":
            args["interval"] = seconds(value)
        elif key == "min":
            if stat.startswith("ema"):
                args["min_periods"] = int(value)
            else:
                args["min_window"] = int(value) if isinstance(args.get("interval"), int) else seconds(value)
        elif key in ("trigger", "sampler", "reset", "recalc"):
            args[key] = curve(key, bool)
        elif key == "weights":
            args["weights"] = curve("w")
    return args


def vector():
    return csp.stats.list_to_numpy([curve("x"), curve("y")], False)


def wire(stat, args):
    # csp's half-life statistics stay NaN after a NaN
    x, y = ("z", "v") if "halflife" in args else ("x", "y")
    if stat in ("cov", "corr", "ema_cov"):
        return getattr(st, stat)(curve(x), curve(y), **args)
    if stat.endswith("_matrix"):
        return getattr(st, stat)(vector(), **args)
    if stat == "quantile":
        interval = args.pop("interval", None)
        return st.quantile(curve("x"), interval, args.pop("quant"), **args)
    return getattr(st, stat)(curve(x), **args)


def show(v):
    if isinstance(v, datetime):
        return repr((v - START).total_seconds())
    if isinstance(v, (list, tuple)):
        return ",".join(show(x) for x in v)
    if hasattr(v, "flatten"):
        return ",".join(show(float(x)) for x in v.flatten())
    return repr(float(v))


def line(stat, arg, window, args):
    def g():
        csp.add_graph_output("out", wire(stat, args()))

    out = csp.run(g, starttime=START, endtime=timedelta(seconds=30))["out"]
    ticks = " ".join(f"{(t - START).total_seconds():g}={show(v)}" for t, v in out)
    print(f"{stat} | {arg} | {window} | {ticks}")


def allowed(stat, window):
    words = window.split()
    if "weights" in words and stat not in WEIGHTED + ("cov_matrix", "corr_matrix"):
        return False
    if "recalc" in words and stat not in RECALC:
        return False
    if "keepnan" in words and stat in ("unique", "cross_sectional"):
        return False
    if "points=3" in words and stat == "cross_sectional":
        return False
    return True


for name, ticks in INPUTS.items():
    print(f"{name}: {ticks}")
for stat, arg, extra in STATS:
    for window, more in WINDOWS.items():
        if allowed(stat, window):
            line(stat, arg, window, lambda: window_args(window, {**extra, **more}, stat))
for stat in ("ema", "ema_var", "ema_std", "ema_cov"):
    for decay, extra in DECAYS.items():
        for window in EMA_WINDOWS:
            if window.startswith("ticks") and ("unadjusted" in decay or "halflife" in decay):
                continue
            if "sampler" in window and "halflife" in decay:  # samples NaNs
                continue

            def args():
                a = window_args(window, extra, stat)
                if "interval" in a:
                    a["horizon"] = a.pop("interval")
                return a

            line(stat, decay, window, args)
    if stat != "ema":
        line(stat, "alpha=0.3 bias", "all", lambda: {"alpha": 0.3, "bias": True})
