import PipelineCore
import Testing

@testable import Runtime

@Suite struct WorkerChildTests {
  /// Runs a shell script as a worker.
  private func run(_ script: String) async -> ExitCause {
    await WorkerChild.run(executable: "/bin/sh", arguments: ["-c", script]) { _ in }
  }

  @Test func anExitCodeComesWithTheLastLines() async {
    let cause = await run("echo one >&2; echo >&2; printf 'two\\r\\nthree' >&2; exit 7")
    #expect(cause == ExitCause(status: .code(7), lastLines: ["one", "two", "three"]))
  }

  @Test func aSignalIsNamed() async {
    let cause = await run("echo going >&2; kill -9 $$")
    #expect(cause == ExitCause(status: .signal(9), lastLines: ["going"]))
    #expect(cause.description.contains("SIGKILL"))
  }

  @Test func whatItWasAtOutlivesIt() async {
    #expect(await run("kill -9 $$").underWay == nil, "it had begun nothing")
    let cause = await run("printf '\\007\\000\\000\\000\\003\\000\\000\\000' >&0; kill -9 $$")
    #expect(cause.status == .signal(9))
    #expect(cause.underWay == PartitionID(stage: 3, index: 7))
  }

  @Test func onlyTheLastLinesAreKept() async {
    let cause = await run("i=0; while [ $i -lt 100 ]; do echo $i >&2; i=$((i+1)); done")
    #expect(cause.status == .code(0))
    #expect(cause.lastLines == (80..<100).map { "\($0)" })
  }

  /// A line without end must neither fill the memory nor hide how the worker ended.
  @Test func aVeryLongLineIsCut() async {
    let line = "head -c 3000000 /dev/zero | tr '\\0' 'x' >&2; echo >&2"
    let cause = await run("\(line); echo end >&2; exit 5")
    #expect(cause.status == .code(5))
    #expect(cause.lastLines == [String(repeating: "x", count: LastLines.lineLength), "end"])
  }

  @Test func bytesThatAreNoTextAreShownAllTheSame() async {
    let cause = await run("printf 'a\\377b\\n' >&2; exit 1")
    #expect(cause.lastLines == ["a\u{FFFD}b"])
  }

  @Test func whatDoesNotExistIsNamed() async {
    let cause = await WorkerChild.run(executable: "/no/such/worker", arguments: []) { _ in }
    guard case .notStarted(let reason) = cause.status else {
      Issue.record("\(cause)")
      return
    }
    #expect(reason.contains("/no/such/worker"))
  }
}
