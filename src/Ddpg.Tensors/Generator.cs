namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// The engine's own stream of random numbers: Philox4x32-10 (Salmon et al. 2011), a counter cipher.
    /// A seed does not give PyTorch's numbers; it gives the same ones on every machine.
    /// </summary>
    public class Generator : IDisposable
    {
        private ulong _seed;
        private ulong _block;
        private readonly uint[] _words = new uint[4];
        private int _used = 4;

        /// <summary>
        /// Held for a whole fill, so that two threads drawing from one generator each get an unbroken run of its numbers.
        /// Which of them comes first is theirs to decide: what must repeat draws from a generator of its own.
        /// </summary>
        internal Lock Gate { get; } = new();

        public Generator(ulong seed = 0, Device? device = null) => manual_seed((long)seed);

        public static Generator Default { get; } = new();

        public Device device => CPU;

        public void Dispose() => GC.SuppressFinalize(this);

        public long initial_seed() => (long)_seed;

        public Generator manual_seed(long seed)
        {
            lock (Gate) (_seed, _block, _used) = ((ulong)seed, 0, 4);
            return this;
        }

        /// <summary>Takes a seed from the system, and returns it.</summary>
        public long seed()
        {
            long seed = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)) & long.MaxValue;
            manual_seed(seed);
            return seed;
        }

        public Tensor get_state()
        {
            lock (Gate)
            {
                byte[] state = [.. BitConverter.GetBytes(_seed), .. BitConverter.GetBytes(_block), (byte)_used];
                return tensor(state);
            }
        }

        public void set_state(Tensor value)
        {
            byte[] state = value.data<byte>().ToArray();
            if (state.Length != 17 || state[16] > 4) throw new ArgumentException("This is not a state from get_state().");
            lock (Gate)
            {
                _seed = BitConverter.ToUInt64(state, 0);
                _block = BitConverter.ToUInt64(state, 8);
                _used = state[16];
                if (_used == 4) return;
                _block--;
                int used = _used;
                Refill();
                _used = used;
            }
        }

        internal uint NextWord()
        {
            if (_used == 4) Refill();
            return _words[_used++];
        }

        internal ulong NextLong() => ((ulong)NextWord() << 32) | NextWord();

        /// <summary>Uniform in [0, 1), in steps of 2⁻⁵³.</summary>
        internal double NextDouble() => (NextLong() >> 11) * (1.0 / (1UL << 53));

        /// <summary>A whole number from 0 to limit − 1, each exactly as likely (Lemire 2019).</summary>
        internal ulong NextBelow(ulong limit)
        {
            ulong threshold = unchecked(0 - limit) % limit;
            while (true)
            {
                ulong high = Math.BigMul(NextLong(), limit, out ulong low);
                if (low >= threshold) return high;
            }
        }

        private void Refill()
        {
            uint c0 = (uint)_block, c1 = (uint)(_block >> 32), c2 = 0, c3 = 0, k0 = (uint)_seed, k1 = (uint)(_seed >> 32);
            for (int round = 0; round < 10; round++)
            {
                ulong p0 = 0xD2511F53UL * c0, p1 = 0xCD9E8D57UL * c2;
                (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
                k0 += 0x9E3779B9;
                k1 += 0xBB67AE85;
            }
            (_words[0], _words[1], _words[2], _words[3]) = (c0, c1, c2, c3);
            _block++;
            _used = 0;
        }
    }

    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

    public static long seed() => Generator.Default.seed();

    public static long initial_seed() => Generator.Default.initial_seed();

    public static Tensor get_rng_state() => Generator.Default.get_state();

    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long seed() => torch.seed();

        public static long initial_seed() => torch.initial_seed();

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }
}
