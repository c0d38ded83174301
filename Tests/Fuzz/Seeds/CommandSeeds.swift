import Wire

/// Requests and responses of every case.
enum CommandSeeds {
  static var requests: [Request] {
    [
      .submit(submission, token: 0x0102_0304_0506_0708), .status(json: true),
      .cancel(run: "last"), .logs(run: "1122334455667788", after: 7, json: false),
      .standing(run: "1122"), .describe(CommonSeeds.run), .planned(CommonSeeds.run, plan),
      .rejected(CommonSeeds.run, reasons: ["t.yaml:3:1: error: no such file", ""]),
      .output(CommonSeeds.run, Array("a,b\n1,2\n".utf8)),
      .quarantine(CommonSeeds.run, record: #"{"index":9}"#, content: [1, 2, 3]),
      .quarantine(CommonSeeds.run, record: "{}", content: nil),
    ]
  }

  static var responses: [Response] {
    [
      .refused("the queue is full: cancel a run"), .accepted(run: "1122334455667788"),
      .lines(.init(["12:00:01 worker-2 joined", ""], next: 2, isOver: false)), .done,
      .description(.init(run: CommonSeeds.run, id: "1122", submission: submission, plan: plan)),
      .description(.init(run: CommonSeeds.run, id: "1122", submission: submission, plan: nil)),
    ]
      + Response.State.allCases.map { state in
        .standing(
          .init(
            run: "1122", state: state, message: "cancelled", summary: #"{"rows":2}"#,
            output: [65, 10], progress: "3 of 9"))
      }
  }

  private static var submission: Submission {
    Submission(
      files: [
        .init(path: "t.yaml", content: Array("topology: a\n".utf8)),
        .init(path: "lib/b.yaml", content: []),
      ],
      environment: [.init(name: "TASKS", value: "9"), .init(name: "EMPTY", value: "")],
      overrides: ["workers=2"])
  }

  private static var plan: Plan {
    Plan(
      fingerprint: "0123456789abcdef", json: #"{"files":[]}"#,
      specification: CommonSeeds.specification.encoded())
  }
}
