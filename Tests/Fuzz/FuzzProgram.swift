import Foundation

/// What the program was started for: a target, by `--target=NAME`, and, by `--seeds=DIRECTORY`, to
/// write that target's first inputs to files. libFuzzer itself ignores arguments with two dashes.
enum FuzzProgram {
  /// All targets.
  static let targets: [any FuzzTarget.Type] = [
    ControlTarget.self, DataTarget.self, CommandsTarget.self, SegmentTarget.self,
    TopologyTarget.self, KeysTarget.self,
  ]

  /// The target that was asked for.
  static let target = asked()

  /// Processor time that one input may take, in seconds. Real time says little where other
  /// processes want the same processor.
  private static let timeLimit = 1.0

  /// Writes the seeds and ends the process, when that was asked for.
  static func begin() {
    guard let directory = value(of: "--seeds") else { return }
    do {
      for (number, seed) in target.seeds.enumerated() {
        try Data(seed).write(to: URL(filePath: "\(directory)/seed-\(number)"))
      }
    } catch {
      fail("cannot write the seeds to \(directory): \(error)")
    }
    exit(0)
  }

  /// Feeds an input to the target.
  static func feed(_ input: UnsafeRawBufferPointer) {
    let start = processorTime()
    target.feed(input)
    let taken = processorTime() - start
    require(taken < timeLimit, "an input takes \(taken) s of processor time")
  }

  /// Makes another input of the one in the first `count` bytes of `memory`, field by field, and
  /// answers its length; `nil` when it is to be changed byte by byte.
  static func mutate(_ memory: UnsafeMutableRawBufferPointer, count: Int, seed: UInt64) -> Int? {
    let input = UnsafeRawBufferPointer(rebasing: memory[..<count])
    var mutation = MessageMutation(seed: seed)
    guard mutation.chance(of: 2, in: 3), let start = target.messageStart(in: input),
      let message = mutation.mutated(Array(input[start...])), start + message.count <= memory.count
    else { return nil }
    UnsafeMutableRawBufferPointer(rebasing: memory[start...]).copyBytes(from: message)
    return start + message.count
  }

  private static func asked() -> any FuzzTarget.Type {
    let name = value(of: "--target")
    for target in targets where target.name == name { return target }
    let names = targets.map { $0.name }.joined(separator: ", ")
    fail("--target is \(name ?? "missing"); there are \(names)")
  }

  private static func value(of option: String) -> String? {
    let prefix = option + "="
    return CommandLine.arguments.first { $0.hasPrefix(prefix) }.map {
      String($0.dropFirst(prefix.count))
    }
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data("error: \(message)\n".utf8))
    exit(64)
  }
}
