{ pep508, ... }:
{
  parseBuildSystems = pyproject: map pep508.parseString (pyproject.build-system.requires or [ ]);
}
