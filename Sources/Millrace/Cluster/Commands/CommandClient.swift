import Access
import PipelineCore
import Runtime
import Synchronization
import Wire
import ZeroMQ

/// Asks a supervisor. It may be called from any thread; each attempt has a socket of its own, for one
/// whose request was lost never gets ready for another.
final class CommandClient: Sendable {
  private let address: SupervisorAddress
  private let credentials: Credentials
  private let allowsInsecure: Bool
  private let context: Context
  private let stopping = Mutex(false)

  /// How long one attempt waits, beside the time that its bytes may take on a slow link.
  private static let attempt = Span.seconds(3)
  /// The slowest link that is waited for, in bytes a second.
  private static let slowestLink = 1 << 20
  private static let room = 1 << 20

  /// A client; nothing is connected yet.
  ///
  /// - Parameter allowsInsecure: whether a supervisor beyond this host may be asked without encryption.
  /// - Throws: ``ZeroMQError`` when the process has no descriptor left.
  init(
    _ address: SupervisorAddress, _ credentials: Credentials, allowsInsecure: Bool
  ) throws(ZeroMQError) {
    self.address = address
    self.credentials = credentials
    self.allowsInsecure = allowsInsecure
    context = try Context()
  }

  /// Has all that wait, and all that ask from now on, fail at once.
  func stop() { stopping.withLock { $0 = true } }

  /// Whether ``stop()`` was called.
  var isStopped: Bool { stopping.withLock { $0 } }

  /// Asks, again and again until an answer comes or the time is over.
  ///
  /// - Parameter limit: how long at most.
  /// - Returns: the answer, which may be a refusal.
  /// - Throws: ``ClusterError`` when the request is too large, no answer came or none that is understood.
  func ask(_ request: Request, within limit: Span) throws(ClusterError) -> Response {
    let bytes = request.encoded()
    guard bytes.count <= request.sizeLimit else {
      throw ClusterError(
        "the request has \(Quantity.bytes(Double(bytes.count))); at most "
          + "\(request.sizeLimit >> 20) MiB can be sent")
    }
    let deadline = MonotonicClock.now + limit
    let patience = Self.attempt + Span.seconds(Int64(bytes.count / Self.slowestLink))
    repeat {
      let end = min(deadline, MonotonicClock.now + patience)
      do {
        if let response = try response(to: bytes, until: end) { return response }
      } catch let error as ClusterError {
        throw error
      } catch let error as WireError {
        throw ClusterError("\(address.commands): the answer was not understood: \(error)")
      } catch {
        throw ClusterError("\(address.commands): \(error)")
      }
    } while MonotonicClock.now < deadline && !isStopped
    throw unanswered(limit)
  }

  /// One attempt; `nil` when nothing came in time.
  private func response(to request: [UInt8], until deadline: Instant) throws -> Response? {
    var options = SocketOptions.network
    options.linger = SocketOptions.shortLinger
    options.maximumMessageSize = WireLimits.largeCommand + Self.room
    switch credentials {
    case .none: options.security = allowsInsecure ? .insecure : .none
    case .curve(let pair, let supervisor):
      options.security = .client(keys: pair, server: supervisor)
    }
    var socket = try RequestSocket(context, options: options)
    var monitor = try SocketMonitor(socket)
    try socket.connect(to: address.commands)
    var poller = Poller()
    _ = try poller.add(socket, for: .readable)
    _ = try poller.add(monitor)
    guard try socket.send(Message(copying: request)) == .sent else { return nil }
    var frame = Message()
    while !isStopped {
      if try socket.receiveFrame(into: &frame) {
        return try frame.withUnsafeBytes { try Response(frame: $0) }
      }
      while let event = try monitor.receive() {
        if case .handshakeFailed(let failure) = event.kind, failure.isFinal {
          throw shutOut(by: failure)
        }
      }
      let left = deadline - MonotonicClock.now
      guard left > Span(nanoseconds: 0) else { return nil }
      _ = try poller.poll(timeout: min(.milliseconds(100), .nanoseconds(left.nanoseconds)))
    }
    return nil
  }

  /// Who is there will never answer this client.
  private func shutOut(by failure: HandshakeFailure) -> ClusterError {
    let remedy: String
    switch (failure, credentials) {
    case (.mechanismMismatch, .none):
      remedy = "the supervisor there answers only those who have a key; give one with --key-file"
    case (.mechanismMismatch, .curve):
      remedy = "the supervisor there has no keys; ask it without --key-file"
    case (.wrongKey, _):
      remedy =
        "the key file is for another supervisor; take one that `millrace keys add` made where this "
        + "supervisor's keys are"
    default: remedy = "\(failure); check the address"
    }
    return ClusterError("\(address.commands): \(remedy)")
  }

  private func unanswered(_ limit: Span) -> ClusterError {
    let key: String
    switch credentials {
    case .none: key = "; if it has keys, give one with --key-file"
    case .curve:
      key =
        "; if it does, its allow-list lacks this key (millrace keys list) or this key file is for "
        + "another supervisor"
    }
    return ClusterError(
      "\(address.commands): no supervisor answered within \(Quantity.seconds(limit.seconds)); check "
        + "the address and that `millrace supervisor` runs there\(key)")
  }
}
