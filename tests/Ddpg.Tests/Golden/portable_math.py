#!/usr/bin/env python3
"""Golden numbers for PortableMath: sin, cos, exp, expm1, log and tanh, correctly rounded from 400-digit decimal arithmetic.

Makes portable-math.csv beside this file:
    python3 portable_math.py
Arguments and values are written as hexadecimal bits of the float64 number.
"""
import csv
import pathlib
import random
import struct
from decimal import Decimal, getcontext

getcontext().prec = 400
HERE = pathlib.Path(__file__).parent


def bits(x):
    return "%016x" % struct.unpack("<Q", struct.pack("<d", x))[0]


def arctan_inverse(n):
    term = Decimal(1) / n
    total, k, square = term, 1, n * n
    while abs(term) > Decimal(10) ** -399:
        term /= -square
        k += 2
        total += term / k
    return total


PI = 4 * (4 * arctan_inverse(5) - arctan_inverse(239))


def sin_cos(x):
    x = Decimal(x)
    turns = (x / (2 * PI)).to_integral_value()
    r = x - turns * 2 * PI
    sine, cosine, term, k = Decimal(0), Decimal(0), Decimal(1), 0
    while abs(term) > Decimal(10) ** -390:
        if k % 2 == 0:
            cosine += term if k % 4 == 0 else -term
        else:
            sine += term if k % 4 == 1 else -term
        k += 1
        term = term * r / k
    return float(sine), float(cosine)


def main():
    rng = random.Random(20260)
    with open(HERE / "portable-math.csv", "w", newline="\n") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["function", "argument", "value"])

        def put(name, x, value):
            out.writerow([name, bits(x), bits(value)])

        angles = [rng.uniform(-4, 4) for _ in range(200)] + [rng.uniform(-1e3, 1e3) for _ in range(100)]
        angles += [rng.uniform(-1, 1) * 10.0 ** rng.uniform(3, 300) for _ in range(100)]
        angles += [float(k * PI / 2) for k in range(-60, 60)] + [float(PI / 4), float(-PI / 4), 1e-300, 5e-324, -0.3]
        # The float64 number nearest to a multiple of pi/2 (Kahan), and the largest ones.
        angles += [float.fromhex("0x1.6ac5b262ca1ffp+849"), 1.7976931348623157e308, float(2 ** 30), float(2 ** 30) + 1e-6, float(2 ** 62)]
        for x in angles:
            sine, cosine = sin_cos(x)
            put("sin", x, sine)
            put("cos", x, cosine)
        exponents = [rng.uniform(-2, 2) for _ in range(200)] + [rng.uniform(-700, 700) for _ in range(100)] + [1e-10, -1e-10, 709.7, -708.0, 0.34657359, -0.34657360]
        for x in exponents:
            put("exp", x, float(Decimal(x).exp()))
            if x < 700:
                put("expm1", x, float(Decimal(x).exp() - 1))
        for x in [rng.uniform(0.4, 2.5) for _ in range(200)] + [10.0 ** rng.uniform(-307, 308) for _ in range(100)] + [1 + 2.0 ** -k for k in range(1, 53)] + [1 - 2.0 ** -k for k in range(1, 53)] + [5e-324, 2.2e-310]:
            put("log", x, float(Decimal(x).ln()))
        for x in [rng.uniform(-3, 3) for _ in range(200)] + [rng.uniform(-25, 25) for _ in range(60)] + [10.0 ** rng.uniform(-12, -1) for _ in range(60)]:
            e = (2 * Decimal(x)).exp()
            put("tanh", x, float((e - 1) / (e + 1)))


if __name__ == "__main__":
    main()
