import ZeroMQ

/// A server and a client that know each other's keys, each in a context of its own as processes have.
final class CurvePeers {
  let server: CurveKeyPair
  let client: CurveKeyPair
  let serverContext: Context
  let clientContext: Context
  let handler: ZAPHandler

  /// - Parameter listed: whether the client is on the list from the start.
  init(listed: Bool = true) throws {
    server = try CurveKeyPair.generate()
    client = try CurveKeyPair.generate()
    serverContext = try Context()
    clientContext = try Context()
    handler = try ZAPHandler(serverContext, allowing: listed ? [client.publicKey] : [])
  }

  var serverOptions: SocketOptions {
    var options = SocketOptions.network
    options.security = .server(key: server.secretKey, handler: handler)
    return options
  }

  var clientOptions: SocketOptions { options(client, server: server.publicKey) }

  func options(_ pair: CurveKeyPair, server key: CurvePublicKey) -> SocketOptions {
    var options = SocketOptions.network
    options.security = .client(keys: pair, server: key)
    options.linger = .zero
    return options
  }

  /// Both contexts end, with nothing left in them.
  func end() throws {
    try clientContext.terminate(within: patience)
    try serverContext.terminate(within: patience)
  }
}

/// Runs a test with two peers, which must have closed their sockets on the way out.
func withPeers(listed: Bool = true, _ body: (CurvePeers) throws -> Void) throws {
  let peers = try CurvePeers(listed: listed)
  try body(peers)
  try peers.end()
}

/// Receives the next message with what is known of its sender; nil if none comes in time.
func nextFrom<Pattern: ReceivingPattern>(
  _ socket: inout Socket<Pattern>, within timeout: Duration = patience
) throws -> (text: String, key: CurvePublicKey?, address: String?)? {
  var message = Multipart(maximumFrames: 8)
  guard try waitReadable(socket, within: timeout), try socket.receive(into: &message) else {
    return nil
  }
  let text = message.withUnsafeBytes(ofFrame: 0) { String(decoding: $0, as: UTF8.self) }
  return (text, message.userID(), message.peerAddress())
}

/// Publishes until a subscriber has got something; nil if it does not in time.
func firstPublished(
  _ text: String, from publisher: inout PublishSocket, to subscriber: inout SubscribeSocket,
  within timeout: Duration = patience
) throws -> (text: String, key: CurvePublicKey?, address: String?)? {
  let deadline = ContinuousClock.now + timeout
  while ContinuousClock.now < deadline {
    _ = try publisher.send(frame(text))
    if let message = try nextFrom(&subscriber, within: .milliseconds(20)) { return message }
  }
  return nil
}
