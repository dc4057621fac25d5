namespace Ddpg.Acceleration;

/// <summary>
/// Forward and backward through a chain of linear layers: each hidden one followed by its layer normalisation (where there is one) and ReLU, the last one by tanh (policy) or nothing (critic).
/// It keeps what backward needs of the last forward; the weights belong to the caller, so networks of one shape share one pass.
/// </summary>
internal sealed unsafe class NetworkPass
{
    private readonly LayerPlan[] _layers;
    private readonly LayerNormPass?[] _norms;
    private readonly bool _endsInTanh;
    private readonly NativeBuffer[] _outputs;
    private readonly NativeBuffer _gradient, _otherGradient;
    private float* _input;
    private int _rows;

    internal NetworkPass(LayerPlan[] layers, bool endsInTanh, int rows)
    {
        (_layers, _endsInTanh, Rows) = (layers, endsInTanh, rows);
        _outputs = [.. layers.Select(layer => new NativeBuffer((long)rows * layer.Outputs))];
        _norms = [.. layers.Select(layer => layer.HasNorm ? new LayerNormPass(rows, layer.Outputs) : null)];
        long widest = (long)rows * layers.Max(layer => Math.Max(layer.Inputs, layer.Outputs));
        (_gradient, _otherGradient) = (new NativeBuffer(widest), new NativeBuffer(widest));
    }

    /// <summary>The most rows that a forward takes.</summary>
    internal int Rows { get; }

    /// <summary>The network's outputs for <paramref name="rows"/> rows of input, (rows, outputs); overwritten by the next forward.</summary>
    internal float* Forward(float* weights, float* input, int rows)
    {
        _input = input;
        _rows = rows;
        float* x = input;
        for (int i = 0; i < _layers.Length; i++)
        {
            LayerPlan layer = _layers[i];
            float* y = _outputs[i].Data;
            long count = (long)rows * layer.Outputs;
            // y = x·Wᵀ + b
            Gemm.Multiply(rows, layer.Outputs, layer.Inputs, new Matrix(x, layer.Inputs, 1), new Matrix(weights + layer.Weight, 1, layer.Inputs), y, layer.Outputs, weights + layer.Bias);
            _norms[i]?.Forward(y, weights + layer.NormWeight, weights + layer.NormBias, rows);
            if (i < _layers.Length - 1) Acceleration.Rows.Unary(default(Rectify), y, y, count);
            else if (_endsInTanh) Acceleration.Rows.Unary(default(HyperbolicTangent), y, y, count);
            x = y;
        }
        return x;
    }

    /// <summary>Follows the last forward back.</summary>
    /// <param name="weights">The same as in forward.</param>
    /// <param name="outputGradient">∂L/∂output, (rows, outputs); overwritten.</param>
    /// <param name="gradient">Where ∂L/∂weights go, laid out as the weights; null where they are not wanted.</param>
    /// <param name="wantsInput">Whether ∂L/∂input is wanted.</param>
    /// <returns>∂L/∂input, (rows, inputs), until the next backward; null unless wanted.</returns>
    internal float* Backward(float* weights, float* outputGradient, float* gradient, bool wantsInput)
    {
        float* g = outputGradient;
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            LayerPlan layer = _layers[i];
            float* y = _outputs[i].Data, x = i > 0 ? _outputs[i - 1].Data : _input;
            long count = (long)_rows * layer.Outputs;
            if (i < _layers.Length - 1) Acceleration.Rows.Binary(default(PassPositive), g, y, g, count);
            else if (_endsInTanh) Acceleration.Rows.Binary(default(TanhSlope), g, y, g, count);
            _norms[i]?.Backward(g, weights + layer.NormWeight, gradient == null ? null : gradient + layer.NormWeight, gradient == null ? null : gradient + layer.NormBias, _rows);
            if (gradient != null)
            {
                // ∂L/∂W = gᵀ·x,  ∂L/∂b = Σ over the rows of g
                Gemm.Multiply(layer.Outputs, layer.Inputs, _rows, new Matrix(g, 1, layer.Outputs), new Matrix(x, layer.Inputs, 1), gradient + layer.Weight, layer.Inputs);
                LaneSums.Down(g, _rows, layer.Outputs, gradient + layer.Bias);
            }
            if (i == 0 && !wantsInput) return null;
            // ∂L/∂x = g·W
            float* to = g == _gradient.Data ? _otherGradient.Data : _gradient.Data;
            Gemm.Multiply(_rows, layer.Inputs, layer.Outputs, new Matrix(g, layer.Outputs, 1), new Matrix(weights + layer.Weight, layer.Inputs, 1), to, layer.Inputs);
            g = to;
        }
        return g;
    }
}
