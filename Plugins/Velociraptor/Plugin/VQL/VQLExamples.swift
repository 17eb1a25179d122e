// SPDX-License-Identifier: Apache-2.0

/// Queries to learn from. Every one of them runs, without arguments of its own.
enum VQLExamples {
    struct Example: Sendable, Hashable {
        var sentence: String
        var query: String
    }

    static let all = [
        Example(
            sentence: "Clients seen in the last day; last_seen_at is in microseconds, now() in seconds.",
            query: """
                SELECT client_id, os_info.hostname AS Host FROM clients() \
                WHERE last_seen_at > (now() - 86400) * 1000000 LIMIT 10
                """
        ),
        Example(
            sentence: "Clients by system: GROUP BY with count().",
            query: "SELECT os_info.system AS OS, count() AS Clients FROM clients() GROUP BY OS"
        ),
        Example(
            sentence: "Parentheses, because OR binds tighter than AND; =~ does not mind the case.",
            query: """
                SELECT client_id, os_info.hostname AS Host FROM clients() \
                WHERE (os_info.system = 'windows' AND Host =~ '^ws') OR os_info.system = 'linux' LIMIT 10
                """
        ),
        Example(
            sentence: "Artifacts of a kind; types are lower case.",
            query: "SELECT name FROM artifact_definitions() WHERE type = 'client' AND name =~ 'netstat' ORDER BY name"
        ),
        Example(
            sentence: "The latest flows of each client: foreach runs its query for every row, whose columns it sees.",
            query: """
                SELECT * FROM foreach(row={ SELECT client_id FROM clients() LIMIT 3 }, \
                query={ SELECT client_id, session_id, state FROM flows(client_id=client_id) LIMIT 2 })
                """
        ),
        Example(
            sentence: "LET names a query; nothing separates statements.",
            query: """
                LET machines = SELECT client_id, os_info.hostname AS Host FROM clients()
                SELECT Host FROM machines ORDER BY Host LIMIT 5
                """
        ),
        Example(
            sentence: "A LET with a parameter is a function.",
            query: "LET double(x) = x * 2 SELECT double(x=21) AS Answer FROM scope()"
        ),
        Example(
            sentence: "Columns do not see each other; a LET lets them share a value.",
            query: "LET base = 20 SELECT base AS Base, base + 1 AS Next FROM scope()"
        ),
        Example(
            sentence: "Hunts, the newest first; ORDER BY takes a column of the result.",
            query: "SELECT hunt_id, state, create_time FROM hunts() ORDER BY create_time DESC LIMIT 5"
        ),
        Example(
            sentence: "A list of one element needs a comma, and a dictionary is made by dict().",
            query: "SELECT (1,) AS List, dict(key='value') AS Dictionary FROM scope()"
        ),
        Example(
            sentence: "Text to a time and back to text.",
            query: "SELECT timestamp(epoch=0) AS Start, timestamp(epoch='2024-05-01T12:00:00Z') AS Day FROM scope()"
        ),
        Example(
            sentence: "if() evaluates only the branch that is needed.",
            query: "SELECT if(condition=1 < 2, then='less', else='more') AS Word FROM scope()"
        ),
    ]
}
