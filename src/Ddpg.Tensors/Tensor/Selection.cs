using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>where(): one of two values, by a condition.</summary>
internal static unsafe class Selection
{
    internal static Tensor Choose(Tensor condition, Tensor x, Tensor y)
    {
        ScalarType type = Shapes.ResultType(x, y);
        long[] sizes = Shapes.Broadcast(condition.Sizes, Shapes.Broadcast(x.Sizes, y.Sizes));
        var result = new Tensor(sizes, type);
        Casts.CopyInto(y, result);
        Tensor yes = x.As(type);
        switch (type.Size())
        {
            case 1: Overwrite<byte>(condition, yes, result); break;
            case 4: Overwrite<int>(condition, yes, result); break;
            default: Overwrite<long>(condition, yes, result); break;
        }
        GC.KeepAlive(condition);
        GC.KeepAlive(yes);
        return result;
    }

    private static void Overwrite<T>(Tensor condition, Tensor yes, Tensor result) where T : unmanaged
    {
        var walk = new StridedWalk(result.Sizes, result.Steps,
            Shapes.BroadcastSteps(condition.Sizes, condition.Steps, result.Sizes), Shapes.BroadcastSteps(yes.Sizes, yes.Steps, result.Sizes));
        bool* truth = condition.Pointer<bool>();
        T* from = yes.Pointer<T>(), to = result.Pointer<T>();
        while (walk.Next())
        {
            for (long i = 0; i < walk.InnerCount; i++)
                if (truth[walk.Second + (i * walk.InnerSecond)]) to[walk.First + (i * walk.InnerFirst)] = from[walk.Third + (i * walk.InnerThird)];
        }
    }
}
