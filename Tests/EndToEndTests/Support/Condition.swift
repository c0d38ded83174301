import Foundation

/// Waiting for something that other processes bring about.
enum Condition {
  /// Nothing came of it in time.
  struct TimedOut: Error, CustomStringConvertible {
    let description: String
  }

  /// Asks again and again until there is a value.
  ///
  /// - Throws: ``TimedOut`` after 30 seconds, or what `value` throws.
  @discardableResult
  static func wait<Value>(_ what: String, for value: () throws -> Value?) throws -> Value {
    let start = Date()
    while Date().timeIntervalSince(start) < 30 {
      if let value = try value() { return value }
      pause()
    }
    throw TimedOut(description: "waited in vain for \(what)")
  }

  /// Lets other processes run between two looks at them.
  static func pause() { Thread.sleep(forTimeInterval: 0.01) }
}
