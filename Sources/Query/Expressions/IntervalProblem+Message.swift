import Columnar

extension IntervalProblem {
  /// PostgreSQL's words for a text, given with its quotes, that is no interval.
  func message(_ quoted: String) -> String {
    switch self {
    case .format: "invalid input syntax for type interval: \(quoted)"
    case .field: "interval field value out of range: \(quoted)"
    case .total: Kernels.intervalOutOfRange
    }
  }
}
