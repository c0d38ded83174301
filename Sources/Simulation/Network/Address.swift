/// Where a socket is bound, and who connects to it.
struct Address {
  /// Where messages arrive, unless the address publishes.
  let channel: Channel
  /// Whose socket is bound, while it is.
  var binder: SimulatedProcess?
  /// All pipes to the address that are not closed, connected or not, oldest first.
  var pipes: [Pipe] = []

  /// The text by which beats name the address with this number.
  static func text(_ number: Int) -> String { "sim:\(number)" }

  /// The number in a text made by ``text(_:)``.
  static func number(in text: String) -> Int {
    guard text.hasPrefix("sim:"), let number = Int(text.dropFirst(4)) else {
      preconditionFailure("'\(text)' is no address of this world")
    }
    return number
  }
}
