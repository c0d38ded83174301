/// What went wrong in a call that carries messages: which call, where, why, and what to do.
///
/// Every operation of this module that can fail in operation throws this type and no other.
package struct ZeroMQError: Error, Hashable, Sendable {
  /// The class of the failure; what a program decides by.
  package let code: Code

  /// The call that failed, such as `zmq_bind`.
  package let call: String

  /// The endpoint, path or option the call was about.
  package let endpoint: String?

  /// The error number, or 0 where this module refused before calling anything.
  package let number: Int32

  /// Why, in words; for an error number, libzmq's own.
  package let reason: String

  /// What to do about it.
  package let remedy: String

  /// An error that this module found by itself, without an error number.
  init(_ code: Code, call: String, endpoint: String? = nil, reason: String, remedy: String) {
    self.code = code
    self.call = call
    self.endpoint = endpoint
    self.number = 0
    self.reason = reason
    self.remedy = remedy
  }

  /// An error of the operating system or of libzmq.
  init(number: Int32, call: String, endpoint: String? = nil) {
    self.code = Code(number: number)
    self.call = call
    self.endpoint = endpoint
    self.number = number
    self.reason = Self.reason(of: number)
    self.remedy = code.remedy
  }
}

extension ZeroMQError: CustomStringConvertible {
  /// One line: the call, the place, the reason and the remedy.
  ///
  ///     zmq_bind ipc:///tmp/m/results: Address already in use; stop the other process or …
  package var description: String {
    var line = call
    if let endpoint { line += " \(endpoint)" }
    line += ": \(reason)"
    if !remedy.isEmpty { line += "; \(remedy)" }
    // Endpoints come from configuration: a control character must not break the line.
    return String(
      String.UnicodeScalarView(
        line.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }))
  }
}
