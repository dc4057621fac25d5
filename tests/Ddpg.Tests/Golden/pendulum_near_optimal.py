#!/usr/bin/env python3
"""How good Pendulum-v1 can be controlled from the starts that Evaluator uses: finite-horizon dynamic programming on a grid.

    python3 tests/Ddpg.Tests/Golden/pendulum_near_optimal.py        (numpy; about half a minute)

Prints the mean value of 200 steps for the 100 starts of evaluator seeds 0 to 11, for the first 20 of seed 1 (the evaluations on the way), and for 100,000 uniform starts:
seed 0: -149.11   seed 1: -137.51   ...   seed 1, the first 20: -149.00   uniform: -138.43
Independent of the C# code: dynamics from Gymnasium's equations, generator from the Philox paper (Salmon et al. 2011).
"""
import math

import numpy as np

ANGLES, SPEEDS, TORQUES, STEPS = 241, 201, 41, 200


def philox(index, stream, seed):
    """Ten rounds of Philox4x32; counter (index, stream), key = seed. Returns two 64-bit numbers."""
    x = [index & 0xFFFFFFFF, index >> 32, stream, 0]
    key = [seed & 0xFFFFFFFF, seed >> 32]
    for _ in range(10):
        p, q = 0xD2511F53 * x[0], 0xCD9E8D57 * x[2]
        x = [(q >> 32) ^ x[1] ^ key[0], q & 0xFFFFFFFF, (p >> 32) ^ x[3] ^ key[1], p & 0xFFFFFFFF]
        key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return x[0] | x[1] << 32, x[2] | x[3] << 32


def unit(number):
    return (number >> 11) * 2.0 ** -53


def starts(evaluator_seed, count=100, environment_stream=1, evaluation_stream=5):
    for i in range(count):
        seed = philox(i // 2, evaluation_stream, evaluator_seed)[i % 2]
        angle, speed = (unit(number) for number in philox(0, environment_stream, seed))
        yield -math.pi + 2 * math.pi * angle, -1 + 2 * speed


def corners(angle, speed):
    angle = (angle + np.pi) % (2 * np.pi) - np.pi
    i, j = (angle + np.pi) / (2 * np.pi) * (ANGLES - 1), (speed + 8) / 16 * (SPEEDS - 1)
    row, column = np.minimum(i.astype(int), ANGLES - 2), np.minimum(j.astype(int), SPEEDS - 2)
    return row * SPEEDS + column, i - row, j - column


def interpolate(values, corner, down, right):
    flat = values.ravel()
    upper = flat[corner] * (1 - right) + flat[corner + 1] * right
    lower = flat[corner + SPEEDS] * (1 - right) + flat[corner + SPEEDS + 1] * right
    return upper * (1 - down) + lower * down


def solve():
    angle, speed = np.meshgrid(np.linspace(-np.pi, np.pi, ANGLES), np.linspace(-8, 8, SPEEDS), indexing="ij")
    moves = []
    for torque in np.linspace(-2, 2, TORQUES):
        reward = -(angle ** 2 + 0.1 * speed ** 2 + 0.001 * torque ** 2)
        next_speed = np.clip(speed + 0.75 * np.sin(angle) + 0.15 * torque, -8, 8)
        moves.append((reward, corners(angle + 0.05 * next_speed, next_speed)))
    values = np.zeros((ANGLES, SPEEDS))
    for _ in range(STEPS):
        values = np.maximum.reduce([reward + interpolate(values, *corner) for reward, corner in moves])
    return values


if __name__ == "__main__":
    best = solve()
    for seed in range(12):
        angle, speed = (np.array(column) for column in zip(*starts(seed)))
        print(f"seed {seed}: {interpolate(best, *corners(angle, speed)).mean():.2f}")
    angle, speed = (np.array(column) for column in zip(*starts(1, count=20)))
    print(f"seed 1, the first 20: {interpolate(best, *corners(angle, speed)).mean():.2f}")
    generator = np.random.default_rng(0)
    print(f"uniform: {interpolate(best, *corners(generator.uniform(-np.pi, np.pi, 100_000), generator.uniform(-1, 1, 100_000))).mean():.2f}")
