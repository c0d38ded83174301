#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Prints what was measured, a line for each kernel.
enum KernelTable {
  private static let nameWidth = 52
  private static let headings = ["Mrows/s", "bytes/ns", "bytes/cycle", "min ms", "median ms"]

  /// Prints what the columns are.
  static func printHead(repetitions: Int) {
    let clock = ProcessorClock.cyclesPerNanosecond.map { "cycles of \(fixed($0, 2)) GHz" }
    print(
      "Rates are of the shortest of \(repetitions) runs, in processor time of one thread; "
        + (clock ?? "the system does not tell the length of a cycle") + ".")
    print(padded("kernel", nameWidth, left: false) + headings.map { padded($0, 12) }.joined())
  }

  /// Prints the line of `kernel`.
  static func printLine(_ kernel: Kernel, _ measured: Measurement) {
    let bytesPerNanosecond = kernel.bytes.map { Double($0) / measured.shortest }
    let bytesPerCycle = bytesPerNanosecond.flatMap { rate in
      ProcessorClock.cyclesPerNanosecond.map { rate / $0 }
    }
    let figures: [(Double?, digits: Int)] = [
      (Double(kernel.rows) / measured.shortest * 1e3, 1), (bytesPerNanosecond, 2),
      (bytesPerCycle, 2), (measured.shortest / 1e6, 2), (measured.median / 1e6, 2),
    ]
    print(
      padded(kernel.name, nameWidth, left: false)
        + figures.map { value, digits in padded(value.map { fixed($0, digits) } ?? "", 12) }
        .joined())
    fflush(nil)
  }

  private static func padded(_ text: String, _ width: Int, left: Bool = true) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return left ? space + text : text + space
  }

  private static func fixed(_ value: Double, _ digits: Int) -> String {
    let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
    let scaled = Int((value * Double(scale)).rounded())
    let below = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: digits - below.count) + below
  }
}
