import PipelineCore

@testable import Millrace

extension ClusterRun {
  /// A run for tests: its number says all.
  static func test(_ number: UInt64) -> ClusterRun {
    let digits = String(number, radix: 16)
    let suffix = String(repeating: "0", count: 4 - digits.count) + digits
    return ClusterRun(
      id: "20261121-205612-delays-\(suffix)", number: number, token: number + 1_000_000,
      order: number, topology: "delays", submitted: Int64(number))
  }
}

extension ClusterOutcome {
  static func test(_ state: State = .finished) -> ClusterOutcome {
    ClusterOutcome(state: state, message: "so it is", ended: 7)
  }
}

extension ClusterCore {
  /// Takes an event in and gives what is to be done.
  mutating func take(_ event: Event) -> [Action] {
    var actions: [Action] = []
    handle(event, into: &actions)
    return actions
  }
}
