using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class utils
        {
            /// <summary>Scales all gradients down together when their common norm passes the limit; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                Tensor[] gradients = [.. tensors.Select(p => p.Gradient).OfType<Tensor>()];
                if (gradients.Length == 0) return 0;
                double total = double.IsPositiveInfinity(norm_type)
                    ? gradients.Max(g => g.abs().max().ToDouble())
                    : DoubleMath.Pow(gradients.Sum(g => DoubleMath.Pow(g.norm((float)norm_type).ToDouble(), norm_type)), 1 / norm_type);
                double scale = max_norm / (total + 1e-6);
                if (scale < 1)
                {
                    foreach (Tensor gradient in gradients) gradient.mul_(scale);
                }
                return total;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var untracked = no_grad();
                foreach (Parameter parameter in tensors) parameter.Gradient?.clamp_(-clip_value, clip_value);
            }

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors) => cat([.. tensors.Select(p => p.reshape(-1))]);

            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                long start = 0;
                foreach (Parameter parameter in tensors)
                {
                    parameter.copy_(vec.narrow(0, start, parameter.Count).reshape(parameter.Sizes));
                    start += parameter.Count;
                }
            }
        }
    }
}
