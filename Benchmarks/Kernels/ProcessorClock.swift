#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The processor's clock as the system tells it: that of the time-stamp counter, or the frequency at
/// the moment. What a processor does beyond it for a while is not known without privileges.
enum ProcessorClock {
  /// Cycles in a nanosecond; `nil` where the system does not tell.
  static let cyclesPerNanosecond: Double? = megahertz.map { $0 / 1000 }

  #if canImport(Glibc)
  private static var megahertz: Double? {
    guard let file = fopen("/proc/cpuinfo", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), file) != nil {
      let bytes = line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
      let text = String(decoding: bytes, as: UTF8.self)
      guard text.hasPrefix("cpu MHz"), let value = text.split(separator: ":").last else { continue }
      return Double(value.filter { !$0.isWhitespace })
    }
    return nil
  }
  #else
  private static var megahertz: Double? {
    var hertz: UInt64 = 0
    var size = MemoryLayout<UInt64>.size
    guard sysctlbyname("hw.cpufrequency", &hertz, &size, nil, 0) == 0, hertz > 0 else { return nil }
    return Double(hertz) / 1e6
  }
  #endif
}
