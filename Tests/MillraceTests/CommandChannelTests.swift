import Access
import PipelineCore
import Runtime
import Testing
import Wire
import ZeroMQ

@testable import Millrace

/// Requests over real sockets of this host.
@Suite(.timeLimit(.minutes(1))) struct CommandChannelTests {
  /// A server on a port of its own.
  private final class Bench: Sendable {
    let server: CommandServer
    let address: SupervisorAddress

    init(answer: @escaping @Sendable (Wire.Request) -> Response) throws {
      var result: (CommandServer, SupervisorAddress)?
      var failure: (any Error)?
      // Ports may be in use.
      for _ in 0..<50 where result == nil {
        let address = try SupervisorAddress(
          network: "127.0.0.1:\(UInt16.random(in: 20_000...60_000))")
        do {
          let connections = try Connections(
            try Context(), .network(Transport.Network(credentials: .none)), supervisor: address)
          result = (
            try CommandServer(
              connections, endpoint: address.commands,
              failed: { _ in }, answer: answer), address
          )
        } catch {
          failure = error
        }
      }
      guard let result else { throw failure! }
      (server, address) = result
    }

    deinit { server.stop() }
  }

  @Test func aRequestIsAnswered() throws {
    let bench = try Bench { request in
      guard case .standing(let run) = request else { return .refused("what?") }
      return .accepted(run: run + "!")
    }
    let client = try CommandClient(bench.address, .none, allowsInsecure: false)
    for number in 0..<20 {
      #expect(
        try client.ask(.standing(run: "\(number)"), within: .seconds(10))
          == .accepted(run: "\(number)!"))
    }
    #expect(try client.ask(.status(json: true), within: .seconds(10)) == .refused("what?"))
  }

  @Test func aServerThatComesLateIsWaitedFor() throws {
    let address = try Bench { _ in .done }.address
    // Nobody is there any more.
    let client = try CommandClient(address, .none, allowsInsecure: false)
    #expect { try client.ask(.status(json: false), within: .milliseconds(300)) } throws: {
      "\($0)".contains("no supervisor answered within 0.30 s") && "\($0)".contains("127.0.0.1")
    }
    let thread = try NativeThread(name: "late") {
      _ = try? client.ask(.status(json: false), within: .seconds(30))
    }
    client.stop()
    thread.join()
  }

  @Test func nothingThatIsSentEndsTheServer() throws {
    let bench = try Bench { _ in .done }
    let context = try Context()
    for bytes: [UInt8] in [
      [], [1], [9, 9, 9, 9], [1, 2, 68, 0, 0xff], Beat.test.encoded(), Response.done.encoded(),
    ] {
      var socket = try RequestSocket(context)
      try socket.connect(to: bench.address.commands)
      var poller = Poller()
      _ = try poller.add(socket, for: .readable)
      _ = try socket.send(Message(copying: bytes))
      var frame = Message()
      _ = try poller.poll(timeout: .seconds(10))
      #expect(try socket.receiveFrame(into: &frame))
      guard case .refused = try frame.withUnsafeBytes({ try Response(frame: $0) }) else {
        Issue.record("\(bytes) was not refused")
        continue
      }
    }
    let client = try CommandClient(bench.address, .none, allowsInsecure: false)
    #expect(try client.ask(.status(json: true), within: .seconds(10)) == .done)
  }

  @Test func aRequestThatIsTooLargeIsNotSent() throws {
    let bench = try Bench { _ in .done }
    let client = try CommandClient(bench.address, .none, allowsInsecure: false)
    let submission = Submission(
      files: [.init(path: "t.yaml", content: [UInt8](repeating: 1, count: 9 << 20))],
      environment: [], overrides: [])
    #expect { try client.ask(.submit(submission, token: 1), within: .seconds(10)) } throws: {
      "\($0)".contains("at most 8 MiB can be sent")
    }
    let output = Request.output(RunID(rawValue: 1), [UInt8](repeating: 1, count: 9 << 20))
    #expect(try client.ask(output, within: .seconds(30)) == .done)
  }

  @Test func anAnswerThatIsTooLargeIsRefusedInWords() throws {
    let bench = try Bench { _ in
      .lines(Response.Lines([String(repeating: "x", count: 9 << 20)]))
    }
    let client = try CommandClient(bench.address, .none, allowsInsecure: false)
    guard case .refused(let message) = try client.ask(.status(json: false), within: .seconds(10))
    else {
      Issue.record("not refused")
      return
    }
    #expect(message.contains("at most 8388608 can be sent"))
  }
}

/// A request on the commands channel, rather than ZeroMQ's pattern of that name.
private typealias Request = Wire.Request

extension Beat {
  fileprivate static let test = Beat(
    sender: NodeIncarnation(node: NodeID(rawValue: 7), incarnation: Incarnation(rawValue: 7)),
    roles: .worker, name: "w", host: "h", processID: 1, sequence: 1, interval: .seconds(1),
    joined: false, endpoints: Beat.Endpoints(), progress: Beat.Progress(), phase: .working)
}
