import Dispatch
import Logging
import ZeroMQ

/// Says now and each minute that anybody may listen and take part, on a thread of its own that ends with
/// the process.
enum InsecureWarning {
  private static let text =
    "--insecure: nothing is encrypted, and whoever reaches this host can read the data and take part; "
    + "`millrace keys init` makes keys"

  /// Starts to say it.
  ///
  /// - Throws: ``ZeroMQError`` when the system has no thread left.
  static func start(_ log: Logger) throws(ZeroMQError) {
    let thread = try NativeThread(name: "warning") {
      let never = DispatchSemaphore(value: 0)
      repeat {
        log.warning("\(text)")
      } while never.wait(timeout: .now() + .seconds(60)) == .timedOut
    }
    thread.detach()
  }
}
