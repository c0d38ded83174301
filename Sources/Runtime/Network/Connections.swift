package import Access
import Logging
import PipelineCore
import Synchronization
package import ZeroMQ

/// What the sockets of one process, or of one role in it, have in common: their context, who is
/// admitted, how each of them is protected, and where they are bound. One for each context.
package final class Connections: Sendable {
  /// The home of the sockets.
  package let context: Context
  let transport: Transport
  let supervisor: SupervisorAddress
  let peers: PeerKeys?
  private let pair: CurveKeyPair?
  private let state = Mutex(State())
  private let allowList: Mutex<AllowListWatch?>
  /// Finds out this host's address towards the supervisor.
  let ownHostLookup = OwnHostLookup()

  private struct State {
    /// The supervisor that the last roster came from.
    var supervisor: NodeIncarnation?
    var refusals = Refusals()
    /// What is known of the last message that was refused, if anything.
    var lastRefused: String?
    var told = ToldRefusals()
  }

  /// Connections of a node, or of the supervisor.
  ///
  /// - Parameters:
  ///   - supervisor: where it is; to the supervisor itself, where it binds.
  ///   - allowList: the supervisor's; `nil` for every other node, which admits those that are on the
  ///     roster.
  /// - Throws: ``ZeroMQError`` when the context has a ZAP handler already or no descriptor is left.
  package init(
    _ context: Context, _ transport: Transport, supervisor: SupervisorAddress,
    allowList: AllowListWatch? = nil
  ) throws(ZeroMQError) {
    self.context = context
    self.transport = transport
    self.supervisor = supervisor
    if case .network(let network) = transport, case .curve(let pair, let key) = network.credentials
    {
      self.pair = pair
      peers = try PeerKeys(context, supervisor: key, list: allowList?.list.keys)
    } else {
      pair = nil
      peers = nil
    }
    self.allowList = Mutex(peers == nil ? nil : allowList)
  }

  /// The public key of this process's sockets, 32 bytes; empty where they are not encrypted.
  var publicKey: [UInt8] { pair?.publicKey.bytes ?? [] }

  /// Options for a socket that is bound, from those that its use asks for.
  package func serverOptions(_ options: SocketOptions) -> SocketOptions {
    var options = overNetwork(options)
    if let pair, let peers {
      options.security = .server(key: pair.secretKey, handler: peers.handler)
    }
    return options
  }

  /// Options for a socket that connects to the supervisor.
  package func supervisorOptions(_ options: SocketOptions) -> SocketOptions {
    var options = overNetwork(options)
    if let pair, let peers {
      options.security = .client(keys: pair, server: peers.supervisorKey)
    }
    return options
  }

  /// Options for a socket that connects to a node on the roster.
  func clientOptions(_ options: SocketOptions, to node: NodeIncarnation) -> SocketOptions {
    var options = overNetwork(options)
    if let pair, let peers {
      // A supervisor lists no node without a key; to one that came from nowhere no connection stands.
      let key = peers.key(of: node) ?? peers.supervisorKey
      options.security = .client(keys: pair, server: key)
    }
    return options
  }

  private func overNetwork(_ options: SocketOptions) -> SocketOptions {
    guard case .network(let network) = transport else { return options }
    var result = SocketOptions.network
    result.sendHighWaterMark = options.sendHighWaterMark
    result.receiveHighWaterMark = options.receiveHighWaterMark
    result.maximumMessageSize = options.maximumMessageSize
    result.linger = options.linger
    if network.allowsInsecure { result.security = .insecure }
    return result
  }

  /// Whether a message of a client with this key is to be heard; what is not is counted.
  ///
  /// - Parameter key: what ``Message/userID()`` tells of the message.
  package func admits(_ key: CurvePublicKey?) -> Bool {
    if isAdmitted(key) { return true }
    note(.unlisted)
    return false
  }

  /// Whether a node with this key is admitted.
  func isAdmitted(_ key: CurvePublicKey?) -> Bool {
    guard let peers else { return true }
    return key.map { peers.handler.isAllowed($0) } ?? false
  }

  /// The same as ``admits(_:)``, of a message that was received.
  func admits(of message: borrowing Multipart) -> Bool {
    guard peers != nil else { return true }
    return admits(message.userID())
  }

  /// Whether sockets are encrypted.
  var isEncrypted: Bool { peers != nil }

  /// All that was refused on this context.
  package var refusals: Refusals {
    var refusals = state.withLock { $0.refusals }
    refusals.denied = UInt64(peers?.handler.denialCount ?? 0)
    return refusals
  }

  /// Counts a connection or a message that was refused. It is told of by whoever has sockets of this
  /// context, now and then.
  ///
  /// - Parameter peer: the address that it came from, where that is known.
  package func note(_ reason: Refusals.Reason, from peer: String? = nil) {
    state.withLock { state in
      state.refusals.add(reason)
      guard let detail = reason.detail else { return }
      state.lastRefused = detail + (peer.map { ", from \($0)" } ?? "")
    }
  }

  /// Tells of what was refused since the last time: at once, then at growing intervals.
  func reportRefusals(_ log: Logger) {
    let refusals = refusals
    let news = state.withLock { state -> String? in
      guard let line = state.told.line(refusals, at: MonotonicClock.now) else { return nil }
      defer { state.lastRefused = nil }
      return line + (state.lastRefused.map { "; the last one: \($0)" } ?? "")
    }
    guard var line = news else { return }
    if let denial = peers?.handler.recentDenials.last {
      line += "; the last address that was denied is \(denial.address)"
      if let key = denial.key { line += " with the public key \(key.z85)" }
    }
    log.warning("\(line)")
  }

  /// Looks whether the allow-list has changed, and follows it; `nil` where there is none.
  func followAllowList() -> AllowListWatch.Finding? {
    guard let peers else { return nil }
    return allowList.withLock { watch in
      guard watch != nil else { return nil }
      let finding = watch?.look()
      if case .changed = finding, let list = watch?.list { peers.replaceList(with: list.keys) }
      return finding
    }
  }

  /// Follows a roster that is not one of the past.
  func learn(_ roster: Roster) {
    state.withLock { $0.supervisor = roster.supervisor }
    peers?.learn(roster, at: MonotonicClock.now)
  }

  /// Whether this incarnation is the supervisor that the last roster came from.
  func isSupervisor(_ node: NodeIncarnation) -> Bool {
    state.withLock { $0.supervisor } == node
  }
}
