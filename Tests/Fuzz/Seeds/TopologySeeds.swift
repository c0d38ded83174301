/// Topologies that use every key, many forms of YAML, and overrides.
enum TopologySeeds {
  static var inputs: [[UInt8]] { texts.map { Array($0.utf8) } }

  private static let texts = [
    """
    topology: all-of-files
    source:
      files: [data/*.csv, "${TEXT:-a}.csv"]
      format: csv
      partition: 512KiB
      columns: { delay: double, day: timestamp with time zone }
      header: false
      nulls: [NA, ""]
      delimiter: ";"
      quote: none
      max_record: 1MiB
      on_bad_record: skip
      deliver: inline
    stages:
      - name: words
        sql: |
          SELECT word
          FROM input -- ${NUMBER}
      - { name: again, sql: "SELECT 'é', \\"x\\" FROM input" }
    workers: ${NUMBER}
    credit: { bytes: 1MiB, partitions: 10 }
    liveness: { interval: 250ms, missed: 5 }
    patience: 10s
    attempts: 4
    retry_backoff: 1s
    timeout: 1m
    second_attempts: 0.05
    on_failure: quarantine
    balance: round-robin
    determinism: fail
    durability: process
    sink:
      file: out/a.csv
      format: csv
    """,
    """
    topology: tasks
    source: { range: { from: 0, to: 10 }, partition: 1, payload: 64 }
    stages:
      - name: nothing
        operator: sleep
        configuration: { milliseconds: 5, list: [1, two, ~, 3.5, true], text: "q\\u00e9" }
    sink: { discard: true }
    \0workers=2\0source.range.to=20
    """,
    """
    use: [base.yaml, ../other.yaml, /dev/zero]
    defaults: &d { format: text }
    topology: "a"
    source: { files: &f x.txt, <<: *d }
    stages: [{ name: s, sql: >-
      SELECT line
        FROM input
      }]
    sink: { table: true, null: *f }
    \0stages.0.name=t\0use=c.yaml
    """,
    "%YAML 1.1\n---\ntopology: a\nsource:\n  files: 'it''s'\nstages:\n- name: s\n  sql: *none\n...\n",
  ]
}
