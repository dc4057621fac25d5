#!/usr/bin/env python3
"""Golden numbers for Pendulum and MountainCarContinuous, from their equations in plain Python and NumPy.

Makes pendulum.csv and mountain-car.csv beside this file:
    python3 environments.py
Independent of the C# code: written from the published equations (Gymnasium's documentation), one state and one action a line, one step each.
The pendulum's upright equilibrium multiplies a rounding error by e^(sqrt(15) t), so steps are compared one by one, not as long trajectories.
"""
import csv
import math
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
SEED = 20260


def pendulum(version, theta, velocity, torque):
    g, m, l, dt = 10.0, 1.0, 1.0, 0.05
    u = min(max(torque, -2.0), 2.0)
    wrapped = ((theta + math.pi) % (2 * math.pi)) - math.pi
    cost = wrapped ** 2 + 0.1 * velocity ** 2 + 0.001 * u ** 2
    if version == 1:
        new = velocity + (3 * g / (2 * l) * math.sin(theta) + 3.0 / (m * l ** 2) * u) * dt
        new = min(max(new, -8.0), 8.0)
        angle = theta + new * dt
    else:
        new = velocity + (-3 * g / (2 * l) * math.sin(theta + math.pi) + 3.0 / (m * l ** 2) * u) * dt
        angle = theta + new * dt
        new = min(max(new, -8.0), 8.0)
    return angle, new, -cost


def mountain_car(position, velocity, action):
    force = min(max(action, -1.0), 1.0)
    velocity += force * 0.0015 - 0.0025 * math.cos(3 * position)
    velocity = min(max(velocity, -0.07), 0.07)
    position += velocity
    position = min(max(position, -1.2), 0.6)
    if position == -1.2 and velocity < 0:
        velocity = 0.0
    terminated = position >= 0.45 and velocity >= 0
    reward = (100.0 if terminated else 0.0) - 0.1 * action ** 2
    return float(np.float32(position)), float(np.float32(velocity)), reward, terminated


def write(name, header, rows):
    with open(HERE / name, "w", newline="\n") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows([[repr(x) if isinstance(x, float) else x for x in row] for row in rows])


def main():
    rng = np.random.default_rng(SEED)
    rows = []
    for version in (1, 0):
        for i in range(400):
            theta = float(rng.uniform(-40, 40) if i % 4 == 0 else rng.uniform(-math.pi, math.pi))
            velocity = float(rng.uniform(7.5, 8) * rng.choice([-1, 1]) if i % 5 == 0 else rng.uniform(-8, 8))
            # Actions are float32 in the interface; some are out of range and must be clipped.
            torque = float(np.float32(rng.uniform(-3, 3)))
            rows.append([version, theta, velocity, torque, *pendulum(version, theta, velocity, torque)])
        for theta in (0.0, math.pi, -math.pi, math.pi / 2, -math.pi / 2, 3 * math.pi):
            for velocity in (-8.0, 0.0, 8.0):
                for torque in (-2.0, 0.0, 2.0):
                    rows.append([version, theta, velocity, torque, *pendulum(version, theta, velocity, torque)])
    write("pendulum.csv", ["version", "theta", "velocity", "torque", "next_theta", "next_velocity", "reward"], rows)

    rows = []
    for i in range(600):
        position = float(np.float32(rng.uniform(-1.2, 0.6)))
        velocity = float(np.float32(rng.uniform(-0.07, 0.07)))
        if i % 6 == 0:
            position, velocity = float(np.float32(rng.uniform(-1.199, -1.15))), float(np.float32(rng.uniform(-0.07, -0.05)))
        if i % 6 == 1:
            position = float(np.float32(rng.uniform(0.4, 0.46)))
        if i % 6 == 2:
            velocity = float(rng.choice([-1, 1])) * 0.0695
        action = float(np.float32(rng.uniform(-1.5, 1.5)))
        new_position, new_velocity, reward, terminated = mountain_car(position, velocity, action)
        rows.append([position, velocity, action, new_position, new_velocity, reward, int(terminated)])
    write("mountain-car.csv", ["position", "velocity", "action", "next_position", "next_velocity", "reward", "terminated"], rows)


if __name__ == "__main__":
    main()
