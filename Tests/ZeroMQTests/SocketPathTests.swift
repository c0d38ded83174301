import Testing
import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite("ipc sockets live in private directories, and never take the place of a live one")
struct SocketPathTests {
  /// Leaves the file of a socket that nobody listens to, as a killed process does.
  private func leaveStaleSocket(at path: String) {
    #if canImport(Glibc)
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    #else
    let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(result == 0)
    close(descriptor)
    #expect(access(path, F_OK) == 0)
  }

  @Test("a stale socket is replaced")
  func stale() throws {
    try withContext { context, directory in
      leaveStaleSocket(at: "\(directory.path)/lane")
      var pull = try PullSocket(context)
      try pull.bind(to: try directory.endpoint("lane"))
      var push = try PushSocket(context)
      try push.connect(to: try directory.endpoint("lane"))
      #expect(try push.send(frame("hello")) == .sent)
      #expect(try nextMessage(&pull) == [bytes("hello")])
    }
  }

  @Test("a live socket is refused, and goes on serving")
  func live() throws {
    try withContext { context, directory in
      let endpoint = try directory.endpoint("lane")
      var pull = try PullSocket(context)
      try pull.bind(to: endpoint)
      var push = try PushSocket(context)
      try push.connect(to: endpoint)
      let other = try Context()
      do {
        var second = try PullSocket(other)
        let error = zeroMQError { try second.bind(to: endpoint) }
        #expect(error?.code == .addressInUse)
        #expect(error?.description.contains(endpoint.description) == true)
        #expect(error?.description.contains("answers") == true)
      }
      try other.terminate()
      #expect(try push.send(frame("still there")) == .sent)
      #expect(try nextMessage(&pull) == [bytes("still there")])
    }
  }

  @Test("a file that is no socket is left alone")
  func ordinaryFile() throws {
    try withContext { context, directory in
      let path = "\(directory.path)/precious"
      let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
      close(descriptor)
      var pull = try PullSocket(context)
      let error = zeroMQError { try pull.bind(to: .ipc(path: path)) }
      #expect(error?.code == .addressInUse)
      #expect(error?.description.contains("no socket") == true)
      #expect(zeroMQError { try directory.remove() }?.code == .addressInUse)
      #expect(access(path, F_OK) == 0)
      #expect(unlink(path) == 0)
    }
  }

  @Test("a socket's file is gone after its close")
  func fileIsRemoved() throws {
    try withContext { context, directory in
      var pull = try PullSocket(context)
      try pull.bind(to: try directory.endpoint("lane"))
      #expect(access("\(directory.path)/lane", F_OK) == 0)
      try pull.unbind(from: try directory.endpoint("lane"))
    }
    // The fixture has removed the directory, which had to be empty but for sockets.
  }

  @Test("new directories are private", arguments: [mode_t(0), mode_t(0o022)])
  func newDirectory(mask: mode_t) throws {
    let parent = try PrivateDirectory(temporary: "mr")
    let directory = try PrivateDirectory(creating: "\(parent.path)/sockets")
    var status = stat()
    #expect(stat(directory.path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
    #expect(try PrivateDirectory(creating: directory.path) == directory)
    try directory.remove()
    try parent.remove()
  }

  @Test("a directory that others may enter is refused", arguments: [mode_t(0o755), mode_t(0o710)])
  func openDirectory(mode: mode_t) throws {
    try withContext { context, parent in
      let path = "\(parent.path)/open"
      #expect(mkdir(path, 0o700) == 0)
      #expect(chmod(path, mode) == 0)
      defer { rmdir(path) }
      var pull = try PullSocket(context)
      let bound = zeroMQError { try pull.bind(to: .ipc(path: "\(path)/lane")) }
      #expect(bound?.code == .insecureDirectory)
      #expect(bound?.remedy == "chmod 0700 \(path)")
      let connected = zeroMQError { try pull.connect(to: .ipc(path: "\(path)/lane")) }
      #expect(connected?.code == .insecureDirectory)
      #expect(zeroMQError { _ = try PrivateDirectory(creating: path) }?.code == .insecureDirectory)
    }
  }

  @Test("a directory of somebody else is refused", .enabled(if: geteuid() == 0))
  func foreignDirectory() throws {
    try withContext { context, parent in
      let path = "\(parent.path)/foreign"
      #expect(mkdir(path, 0o700) == 0)
      #expect(chown(path, 65_534, 65_534) == 0)
      defer { rmdir(path) }
      var pull = try PullSocket(context)
      let error = zeroMQError { try pull.bind(to: .ipc(path: "\(path)/lane")) }
      #expect(error?.code == .insecureDirectory)
      #expect(error?.reason.contains("65534") == true)
    }
  }

  @Test("a directory that is missing, a file or a link is refused")
  func noDirectory() throws {
    try withContext { context, parent in
      var pull = try PullSocket(context)
      let missing = zeroMQError { try pull.bind(to: .ipc(path: "\(parent.path)/none/lane")) }
      #expect(missing?.code == .notFound)
      #expect(missing?.remedy.contains("create the directory") == true)
      let link = "\(parent.path)/link"
      #expect(symlink(parent.path, link) == 0)
      defer { unlink(link) }
      let linked = zeroMQError { try pull.bind(to: .ipc(path: "\(link)/lane")) }
      #expect(linked?.code == .insecureDirectory)
    }
  }
}
