import CZeroMQ

extension SocketHandle {
  /// Refuses an address that is malformed or that would be open to others.
  func check(_ endpoint: Endpoint, call: String) throws(ZeroMQError) {
    try endpoint.check()
    if case .ipc(let path) = endpoint {
      _ = try PrivateDirectory(existing: UnixSocketPath(path: path).directory)
    }
    guard endpoint.isLocal || goesBeyondHost else {
      throw ZeroMQError(
        .insecureAddress, call: call, endpoint: endpoint.description,
        reason: "this address is beyond this host and the socket is not encrypted",
        remedy: "configure keys, or use tcp://127.0.0.1 or an ipc path")
    }
  }

  /// Runs a call of libzmq that takes an address.
  func call(
    _ name: String, _ endpoint: Endpoint,
    _ body: (UnsafeMutableRawPointer, UnsafePointer<CChar>) -> CInt
  ) throws(ZeroMQError) {
    assertOwner()
    mayHold = true
    let text = endpoint.forLibrary.description
    let result = text.withCString { address in retryingInterrupts { body(raw, address) } }
    guard result == 0 else { throw .last(name, endpoint: text) }
  }

  /// The value of `ZMQ_LAST_ENDPOINT`.
  func lastEndpoint() throws(ZeroMQError) -> String {
    // The longest address is an inproc name or a host of 255 bytes, with a transport and a port.
    try withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) {
      buffer throws(ZeroMQError) -> String in
      var size = buffer.count
      let result = retryingInterrupts {
        zmq_getsockopt(raw, ZMQ_LAST_ENDPOINT, buffer.baseAddress, &size)
      }
      guard result == 0 else { throw .last("zmq_getsockopt", endpoint: "ZMQ_LAST_ENDPOINT") }
      let text = UnsafeRawBufferPointer(buffer).prefix(size).prefix { $0 != 0 }
      return String(decoding: text, as: UTF8.self)
    }
  }
}
