namespace Ddpg.Acceleration;

/// <summary>Layer normalisation (Ba et al. 2016), in place: <c>y = w·(x − m)/√(v + 10⁻⁵) + b</c> with mean m and variance v of each row.</summary>
internal sealed unsafe class LayerNormPass(int rows, int width)
{
    private const float Epsilon = 1e-5f;

    private readonly NativeBuffer _centred = new((long)rows * width), _normal = new((long)rows * width), _deviation = new(rows), _temporary = new((long)rows * width);

    /// <summary>Normalises <paramref name="x"/> in place and keeps what backward needs.</summary>
    internal void Forward(float* x, float* weight, float* bias, int rows)
    {
        float* centred = _centred.Data, normal = _normal.Data, square = _temporary.Data;
        for (int row = 0; row < rows; row++, x += width, centred += width, normal += width)
        {
            float mean = LaneSums.Row(x, width) / width;
            for (int i = 0; i < width; i++) centred[i] = x[i] - mean;
            for (int i = 0; i < width; i++) square[i] = centred[i] * centred[i];
            float deviation = MathF.Sqrt((LaneSums.Row(square, width) / width) + Epsilon);
            _deviation.Data[row] = deviation;
            for (int i = 0; i < width; i++) normal[i] = centred[i] / deviation;
            for (int i = 0; i < width; i++)
            {
                // Two statements, so that no compiler makes one rounding of the two.
                float scaled = normal[i] * weight[i];
                x[i] = scaled + bias[i];
            }
        }
    }

    /// <summary>Turns ∂L/∂y into ∂L/∂x in place.</summary>
    /// <param name="g">∂L/∂y, (rows, width); becomes ∂L/∂x.</param>
    /// <param name="weight">w.</param>
    /// <param name="weightGradient">Where ∂L/∂w goes, or null.</param>
    /// <param name="biasGradient">Where ∂L/∂b goes, or null.</param>
    /// <param name="rows">As in forward.</param>
    internal void Backward(float* g, float* weight, float* weightGradient, float* biasGradient, int rows)
    {
        float* temporary = _temporary.Data;
        if (weightGradient != null)
        {
            LaneSums.Down(g, rows, width, biasGradient);
            for (long i = 0; i < (long)rows * width; i++) temporary[i] = g[i] * _normal.Data[i];
            LaneSums.Down(temporary, rows, width, weightGradient);
        }
        float* centred = _centred.Data;
        float share = (float)(1.0 / width);
        for (int row = 0; row < rows; row++, g += width, centred += width)
        {
            float deviation = _deviation.Data[row], variance = deviation * deviation;
            for (int i = 0; i < width; i++) g[i] *= weight[i];
            // Through the quotient to the deviation, and through the root and the mean square back to each number.
            for (int i = 0; i < width; i++) temporary[i] = -(g[i] * centred[i] / variance);
            float square = LaneSums.Row(temporary, width) / (deviation * 2) * share;
            for (int i = 0; i < width; i++)
            {
                float direct = g[i] / deviation, through = square * (centred[i] * 2);
                g[i] = direct + through;
            }
            // Through the mean.
            for (int i = 0; i < width; i++) temporary[i] = -g[i];
            float mean = LaneSums.Row(temporary, width) * share;
            for (int i = 0; i < width; i++) g[i] += mean;
        }
    }
}
