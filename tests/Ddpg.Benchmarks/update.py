"""The same DDPG update in PyTorch, driven over standard input by the benchmark (a line each: configure …, run N).

Best settings for PyTorch: one thread or two as told, the critic frozen in the policy's step, foreach soft updates,
the minibatch already in tensors. Run by tests/Ddpg.Benchmarks with Debian's python3-torch.
"""
import sys
import time

import torch
import torch.nn.functional as F


class Mlp(torch.nn.Module):
    def __init__(self, inputs, hidden, outputs):
        super().__init__()
        sizes = [inputs] + hidden
        self.hidden = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.out = torch.nn.Linear(sizes[-1], outputs)

    def forward(self, x):
        for layer in self.hidden:
            x = F.relu(layer(x))
        return self.out(x)


class Agent:
    def __init__(self, batch, obs, act, hidden):
        torch.manual_seed(1)
        self.actor, self.actor_target = Mlp(obs, hidden, act), Mlp(obs, hidden, act)
        self.critic, self.critic_target = Mlp(obs + act, hidden, 1), Mlp(obs + act, hidden, 1)
        self.actor_target.load_state_dict(self.actor.state_dict())
        self.critic_target.load_state_dict(self.critic.state_dict())
        self.actor_optimizer = torch.optim.Adam(self.actor.parameters(), 1e-3)
        self.critic_optimizer = torch.optim.Adam(self.critic.parameters(), 1e-3)
        self.half_range, self.center = torch.full((act,), 2.0), torch.zeros(act)
        self.s, self.a, self.s2 = torch.randn(batch, obs), torch.rand(batch, act) * 4 - 2, torch.randn(batch, obs)
        self.r, self.d = torch.randn(batch, 1), torch.zeros(batch, 1)

    def act(self, net, s):
        return torch.tanh(net(s)) * self.half_range + self.center

    def value(self, net, s, a):
        return net(torch.cat([s, (a - self.center) / self.half_range], 1))

    def update(self):
        with torch.no_grad():
            y = self.r + 0.99 * (1 - self.d) * self.value(self.critic_target, self.s2, self.act(self.actor_target, self.s2))
        loss = F.mse_loss(self.value(self.critic, self.s, self.a), y)
        self.critic_optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.critic_optimizer.step()
        for p in self.critic.parameters():
            p.requires_grad_(False)
        policy_loss = -self.value(self.critic, self.s, self.act(self.actor, self.s)).mean()
        self.actor_optimizer.zero_grad(set_to_none=True)
        policy_loss.backward()
        self.actor_optimizer.step()
        for p in self.critic.parameters():
            p.requires_grad_(True)
        with torch.no_grad():
            for source, target in ((self.actor, self.actor_target), (self.critic, self.critic_target)):
                targets, sources = list(target.parameters()), list(source.parameters())
                torch._foreach_mul_(targets, 1 - 0.005)
                torch._foreach_add_(targets, sources, alpha=0.005)
        return loss.item(), policy_loss.item()


agent = None
print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    words = line.split()
    if words[0] == "configure":
        batch, obs, act = map(int, words[1:4])
        agent = Agent(batch, obs, act, [int(h) for h in words[4].split("-")])
        print("ok", flush=True)
    elif words[0] == "run":
        torch.set_num_threads(int(words[1]))
        count = int(words[2])
        start = time.perf_counter()
        for _ in range(count):
            agent.update()
        print(time.perf_counter() - start, flush=True)
    else:
        break
