using System.Globalization;
using System.Net;
using System.Text;
using Ddpg.Kernel.Jupyter.Sockets;

namespace Ddpg.Kernel.Tests.Jupyter.Sockets;

/// <summary>Our sockets against libzmq's, through Debian's python3-zmq: see Python/libzmq_peers.py.</summary>
public class LibzmqTests(LibzmqTests.Run run) : IClassFixture<LibzmqTests.Run>
{
    public static TheoryData<string> Checks => PythonScript.Checks("libzmq_peers.py");

    [SkippableTheory]
    [MemberData(nameof(Checks))]
    public void LibzmqPeersAreServed(string check)
    {
        PythonScript.Result result = run[check];
        Assert.True(result.Ok, result.Detail);
    }

    public sealed class Run : IDisposable
    {
        private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

        private readonly SocketLoop _loop = new(Console.Error);
        private readonly ReplySocket _router;
        private readonly Publisher _publisher;
        private readonly ReplySocket _echo;
        private readonly Lazy<IReadOnlyDictionary<string, PythonScript.Result>> _results;

        public Run()
        {
            SocketLimits limits = new();
            _router = new ReplySocket(_loop, AnyPort, limits, Serve);
            _publisher = new Publisher(_loop, AnyPort, limits);
            _echo = ReplySocket.Echo(_loop, AnyPort, limits);
            _loop.Start();
            _results = new(() => PythonScript.Run("libzmq_peers.py", new[] { _router.EndPoint, _publisher.EndPoint, _echo.EndPoint }.Select(endPoint => endPoint.Port.ToString(CultureInfo.InvariantCulture))));
        }

        internal PythonScript.Result this[string check]
        {
            get
            {
                Skip.If(PythonScript.Missing("zmq") is not null, $"needs Debian's python3-zmq: {PythonScript.Missing("zmq")}");
                return _results.Value.TryGetValue(check, out PythonScript.Result? result) ? result : throw new InvalidOperationException($"The script ended before its check {check}.");
            }
        }

        public void Dispose() => _loop.Dispose();

        // "echo …" comes back as it is; "publish n" publishes n numbered messages under two topics. A REQ's envelope stays in front.
        private void Serve(byte[] sender, List<byte[]> frames)
        {
            int command = frames.FindIndex(frame => frame.Length > 0);
            if (Encoding.ASCII.GetString(frames[command]) == "echo")
            {
                _router.Send(sender, frames.ConvertAll(frame => (ReadOnlyMemory<byte>)frame));
                return;
            }

            int count = int.Parse(Encoding.ASCII.GetString(frames[command + 1]), CultureInfo.InvariantCulture);
            for (int i = 0; i < count; i++) _publisher.Publish([Encoding.ASCII.GetBytes($"kernel.{i % 2}"), Encoding.ASCII.GetBytes($"{i}")]);
        }
    }
}
