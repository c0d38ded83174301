#if os(Linux)
import Foundation
import Glibc
import Testing
import ZeroMQ

/// Each in a process of its own, with a host table of its own: needs the right to mount. Without it, as
/// in most containers, they find nothing out.
@Suite(
  "A host name that becomes known later is good then", .serialized, .enabled(if: geteuid() == 0),
  .timeLimit(.minutes(2)))
struct LateNameTests {
  @Test("a socket connects as soon as its peer's name is known, and again when it has moved")
  func connects() async {
    await #expect(processExitsWith: .success) {
      guard let hosts = try HostTable() else { return }
      try withPeers { peers in
        var pull = try PullSocket(peers.serverContext, options: peers.serverOptions)
        try pull.bind(to: .tcp(host: "127.0.0.1", port: 0))
        guard case .tcp(_, let port) = try pull.lastEndpoint() else { return }
        var push = try PushSocket(peers.clientContext, options: peers.clientOptions)
        var monitor = try SocketMonitor(push)
        try push.connect(to: .tcp(host: "late.test", port: port))
        #expect(try push.send(frame("first")) == .sent)
        // A second: it has tried and failed by then.
        #expect(try nextFrom(&pull, within: .seconds(1)) == nil)
        try hosts.write("127.0.0.1 late.test\n")
        let first = try nextFrom(&pull)
        #expect(first?.text == "first")
        #expect(first?.key == peers.client.publicKey)

        try hosts.write("::1 late.test\n")
        try pull.unbind(from: .tcp(host: "127.0.0.1", port: port))
        _ = try nextFrom(&pull, within: .milliseconds(10))
        #expect(try nextEvent(&monitor) { $0 == .disconnected } != nil)
        try pull.bind(to: .tcp(host: "[::1]", port: port))
        #expect(try push.send(frame("second")) == .sent)
        let second = try nextFrom(&pull)
        #expect(second?.text == "second")
        #expect(second?.address == "::1")
      }
    }
  }

  @Test("a host asks for its own address until the other's name is known")
  func address() async {
    await #expect(processExitsWith: .success) {
      guard let hosts = try HostTable() else { return }
      var failures = 0
      let address = try HostAddress.towards(
        .tcp(host: "late.test", port: 5_700), every: .milliseconds(1)
      ) { failure in
        #expect(failure.code == .nameNotResolved)
        failures += 1
        if failures == 2 {
          #expect(throws: Never.self) { try hosts.write("127.0.0.1 late.test\n") }
        }
        return failures < 50
      }
      #expect(address.text == "127.0.0.1")
      #expect(failures >= 2)
    }
  }
}

/// The table of host names of this thread and those it starts, instead of the system's.
private struct HostTable {
  private let path: String

  /// Nil if this process may not mount.
  init?() throws {
    path = FileManager.default.temporaryDirectory.path + "/hosts-\(getpid())"
    let order = path + ".order"
    try "".write(toFile: path, atomically: false, encoding: .utf8)
    try "hosts: files\n".write(toFile: order, atomically: false, encoding: .utf8)
    defer { for file in [path, order] { unlink(file) } }
    let isPrivate =
      Self.leaveMounts() && mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0
      && mount(path, "/etc/hosts", nil, UInt(MS_BIND), nil) == 0
      && mount(order, "/etc/nsswitch.conf", nil, UInt(MS_BIND), nil) == 0
    guard isPrivate else { return nil }
  }

  /// `unshare(CLONE_NEWNS)`, which Swift's module of glibc lacks.
  private static func leaveMounts() -> Bool {
    guard let symbol = dlsym(nil, "unshare") else { return false }
    typealias Unshare = @convention(c) (CInt) -> CInt
    return unsafeBitCast(symbol, to: Unshare.self)(0x0002_0000) == 0
  }

  /// Puts lines in the place of the table's.
  func write(_ lines: String) throws {
    try lines.write(toFile: "/etc/hosts", atomically: false, encoding: .utf8)
  }
}
#endif
