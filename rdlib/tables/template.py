def template_mapping(l): raise NotImplementedError
