"""Recorded updates of DDPG and its variants, made with PyTorch, independently of the kit.

    /usr/bin/python3 tests/Ddpg.Tests/Golden/update.py > tests/Ddpg.Tests/Golden/update.json

Made with Debian's python3-torch 1.13 in float64 (the kit computes in float32; the test allows for that).
Networks as in src/Ddpg/Networks: linear -> (layer norm) -> relu; the policy ends in half_range * tanh + center; the critic
sees observation and action side by side, the action scaled to [-1, 1].
"""
import json

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
LOW, HIGH = torch.tensor([-2.0, 0.0]), torch.tensor([2.0, 1.0])
HALF, CENTER = (HIGH - LOW) / 2, (HIGH + LOW) / 2
OBS, ACT, B, UPDATES = 3, 2, 4, 4

CASES = {
    "ddpg": {},
    "norm": {"PolicyLayerNorm": True, "CriticLayerNorm": True},
    "decay": {"CriticWeightDecay": 0.05, "TargetUpdateInterval": 2},
    "td3": {"Critics": 2, "CriticTarget": "Minimum", "PolicyDelay": 2},
    "mean": {"Critics": 3, "CriticTarget": "Mean"},
}


class Net(torch.nn.Module):
    def __init__(self, inputs, sizes, norm, last):
        super().__init__()
        dims = [inputs, *sizes]
        hidden = [torch.nn.Linear(i, o) for i, o in zip(dims, dims[1:])]
        self.norms = torch.nn.ModuleList([torch.nn.LayerNorm(s) for s in sizes]) if norm else None
        out = torch.nn.Linear(sizes[-1], last)
        if last == 1 and inputs == OBS + ACT:
            self.layers = torch.nn.ModuleList(hidden + [out])
            self.fc_mu = None
        else:
            self.layers = torch.nn.ModuleList(hidden)
            self.fc_mu = out

    def body(self, x):
        hidden = self.layers if self.fc_mu is not None else self.layers[:-1]
        for i, layer in enumerate(hidden):
            x = layer(x)
            if self.norms is not None:
                x = self.norms[i](x)
            x = torch.relu(x)
        return x


class Policy(Net):
    def forward(self, s):
        return HALF * torch.tanh(self.fc_mu(self.body(s))) + CENTER


class Q(Net):
    def forward(self, s, a):
        return self.layers[-1](self.body(torch.cat([s, (a - CENTER) / HALF], 1)))


def dump(module):
    return {name: [float(str(v)) for v in np.float32(p.detach().numpy()).ravel()] for name, p in module.named_parameters()}


def run(switches, rng):
    sizes, gamma, tau, lr = [5, 4], 0.9, 0.1, 0.01
    h = {"HiddenSizes": sizes, "Discount": gamma, "Tau": tau, "PolicyLearningRate": lr, "CriticLearningRate": 2 * lr, "MinibatchSize": B, **switches}
    n = h.get("Critics", 1)
    nets = [Policy(OBS, sizes, h.get("PolicyLayerNorm"), ACT) for _ in range(2)]
    critics = [Q(OBS + ACT, sizes, h.get("CriticLayerNorm"), 1) for _ in range(n)]
    targets = [Q(OBS + ACT, sizes, h.get("CriticLayerNorm"), 1) for _ in range(n)]
    policy, target_policy = nets
    for module in [policy, target_policy, *critics, *targets]:
        for p in module.parameters():
            # float32 values, so that the kit starts from exactly these
            p.data = torch.tensor(np.float64(np.float32(rng.uniform(-0.7, 0.7, tuple(p.shape)))))
    start = {"policy": dump(policy), "targetPolicy": dump(target_policy), "critics": [dump(q) for q in critics], "targetCritics": [dump(q) for q in targets]}
    f32 = lambda x: np.float64(np.float32(x))
    batches = []
    p_opt = torch.optim.Adam(policy.parameters(), lr=lr)
    q_opt = torch.optim.Adam([p for q in critics for p in q.parameters()], lr=2 * lr, weight_decay=h.get("CriticWeightDecay", 0.0))
    metrics = []
    for update in range(1, UPDATES + 1):
        batch = {
            "observations": f32(rng.normal(size=(B, OBS))), "actions": f32(rng.uniform(LOW.numpy(), HIGH.numpy(), (B, ACT))),
            "rewards": f32(rng.normal(size=(B, 1))), "nextObservations": f32(rng.normal(size=(B, OBS))), "terminated": f32([[0], [1], [0], [0]]),
        }
        batches.append({k: [float(str(np.float32(x))) for x in v.ravel()] for k, v in batch.items()})
        s, a, r, s2, d = (torch.tensor(batch[k]) for k in ("observations", "actions", "rewards", "nextObservations", "terminated"))
        with torch.no_grad():
            values = torch.stack([q(s2, target_policy(s2)) for q in targets])
            value = values.mean(0) if h.get("CriticTarget") == "Mean" else values.min(0).values
            y = r + gamma * (1 - d) * value
        loss = sum(F.mse_loss(q(s, a), y) for q in critics)
        q_opt.zero_grad(); loss.backward(); q_opt.step()
        policy_loss = None
        delay = h.get("PolicyDelay", 1)
        if update % delay == 0:
            policy_loss = -critics[0](s, policy(s)).mean()
            p_opt.zero_grad(); policy_loss.backward(); p_opt.step()
            if update // delay % h.get("TargetUpdateInterval", 1) == 0:
                with torch.no_grad():
                    for source, target in [(policy, target_policy), *zip(critics, targets)]:
                        for p, t in zip(source.parameters(), target.parameters()):
                            t.mul_(1 - tau).add_(p, alpha=tau)
        metrics.append({"criticLoss": loss.item(), "policyLoss": None if policy_loss is None else policy_loss.item()})
    end = {"policy": dump(policy), "targetPolicy": dump(target_policy), "critics": [dump(q) for q in critics], "targetCritics": [dump(q) for q in targets]}
    return {"hyperparameters": h, "start": start, "batches": batches, "metrics": metrics, "end": end}


rng = np.random.default_rng(7)
print(json.dumps({name: run(switches, rng) for name, switches in CASES.items()}, indent=None, separators=(",", ":")))
